// The binary layouts of CIFAR-10 and CIFAR-100: records of one or two labels and 3,072 pixel bytes, nothing between.
import { IMAGE_BYTES, IMAGE_SHAPE } from "../layout.ts";
import { badFile, type ImageBatch, splitNamed } from "./contents.ts";

interface Layout {
  readonly name: string;
  /** Of each label byte, in its order, how many classes there are. */
  readonly classes: readonly number[];
}

/** Source: https://www.cs.toronto.edu/~kriz/cifar.html; of CIFAR-100's two labels the coarse one comes first. */
const LAYOUTS: readonly Layout[] = [
  { name: "CIFAR-10", classes: [10] },
  { name: "CIFAR-100", classes: [20, 100] },
];

const recordBytes = ({ classes }: Layout): number => classes.length + IMAGE_BYTES;

/** Whether the size is one of whole records, and every label one that there is. */
export const isCifarBinary = (bytes: Uint8Array): boolean => fittingLayout(bytes) !== undefined;

/** The images, by the size of the records and their labels; `undefined` for a size of neither layout. */
export function readCifarBinary(bytes: Uint8Array, file: string): ImageBatch | undefined {
  const layout = fittingLayout(bytes);
  if (layout !== undefined) return decode(bytes, file, layout);
  const nearest = layoutsOfSize(bytes)[0];
  if (nearest === undefined) return undefined;
  const offset = wrongLabel(bytes, nearest) ?? 0;
  const place = offset % recordBytes(nearest);
  const most = (nearest.classes[place] ?? 0) - 1;
  const problem = `a label is ${bytes[offset]}; expected 0 to ${most}, as in records of ${nearest.name}`;
  throw badFile(file, problem, offset);
}

function layoutsOfSize(bytes: Uint8Array): readonly Layout[] {
  return LAYOUTS.filter((layout) => bytes.length > 0 && bytes.length % recordBytes(layout) === 0);
}

function fittingLayout(bytes: Uint8Array): Layout | undefined {
  return layoutsOfSize(bytes).find((layout) => wrongLabel(bytes, layout) === undefined);
}

/** Where the first label is that no class has. */
function wrongLabel(bytes: Uint8Array, layout: Layout): number | undefined {
  for (let start = 0; start < bytes.length; start += recordBytes(layout)) {
    for (const [place, classes] of layout.classes.entries()) {
      if ((bytes[start + place] as number) >= classes) return start + place;
    }
  }
  return undefined;
}

function decode(bytes: Uint8Array, file: string, layout: Layout): ImageBatch {
  const record = recordBytes(layout);
  const before = layout.classes.length;
  const count = bytes.length / record;
  const images = new Uint8Array(count * IMAGE_BYTES);
  for (let i = 0; i < count; i++) {
    images.set(bytes.subarray(i * record + before, (i + 1) * record), i * IMAGE_BYTES);
  }
  const labelsAt = (place: number): Uint8Array =>
    Uint8Array.from({ length: count }, (_, i) => bytes[i * record + place] as number);
  const labels = before === 1 ? { fine: labelsAt(0) } : { coarse: labelsAt(0), fine: labelsAt(1) };
  return { kind: "images", file, split: splitNamed(file), shape: IMAGE_SHAPE, images, labels };
}
