// Images of a data set as they are, in rows: usually one row a class.
import { type ImageShape, inputCount } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { imagePixels } from "@trainscope/core/pixels";
import { type Heading, LABEL_STYLE, layOutHeading, MARGIN } from "./heading.ts";
import { PNG_SCALE } from "./png.ts";
import { renderScene } from "./render-scene.ts";
import { type Scene, textWidth } from "./scene.ts";
import { checkWhole } from "./weight-montage.ts";

/** What `renderContactSheet` takes. */
export interface ContactSheetOptions extends Heading {
  /** `n x inputs`, one image a row, plane by plane. */
  readonly images: Uint8Array;
  readonly shape: ImageShape;
  /** For each row the indices of its images, from left to right. */
  readonly rows: readonly (readonly number[])[];
  /** As many as there are rows. */
  readonly rowNames: readonly string[];
  /** Pixels of the PNG to one pixel of an image, each way: a whole number, 3 where it isn't given. */
  readonly enlarge?: number | undefined;
}

const GAP = 3 * PNG_SCALE;
const NAME_GAP = 12 * PNG_SCALE;

/** The sheet's PNG bytes or SVG text. Throws `BAD_OPTION` where a row has no name or an index no image, `NOT_SUPPORTED` for PNG without node-canvas. */
export function renderContactSheet(options: ContactSheetOptions, format: "png"): Uint8Array;
export function renderContactSheet(options: ContactSheetOptions, format: "svg"): string;
export function renderContactSheet(options: ContactSheetOptions, format: "png" | "svg"): Uint8Array | string;
export function renderContactSheet(options: ContactSheetOptions, format: "png" | "svg"): Uint8Array | string {
  requireArgument("renderContactSheet", "options", options, "an object");
  requireArgument("renderContactSheet", "options.images", options.images, "bytes");
  requireArgument("renderContactSheet", "options.shape", options.shape, "an object");
  return renderScene(layOutContactSheet(options), format);
}

function layOutContactSheet(options: ContactSheetOptions): Scene {
  const { images, shape, rows, rowNames, title = "Images", subtitle } = options;
  const enlarge = checkWhole("enlarge", options.enlarge ?? 3);
  requireImages(options);
  const [cellWidth, cellHeight] = [shape.width * enlarge, shape.height * enlarge];
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const nameWidth = Math.max(...rowNames.map((name) => Math.ceil(textWidth(name, LABEL_STYLE))));
  const left = MARGIN + nameWidth + NAME_GAP;
  const width = left + columns * cellWidth + (columns - 1) * GAP + MARGIN;
  const heading = layOutHeading({ title, subtitle }, width);
  const top = (row: number): number => heading.bottom + row * (cellHeight + GAP);
  const inputs = inputCount(shape);
  return {
    title,
    width,
    height: top(rows.length) - GAP + MARGIN,
    images: rows.flatMap((row, r) =>
      row.map((index, column) => ({
        pixels: imagePixels(images.subarray(index * inputs, (index + 1) * inputs), shape),
        x: left + column * (cellWidth + GAP),
        y: top(r),
        enlarge,
        label: `${rowNames[r]}, image ${index}`,
      })),
    ),
    texts: [
      ...heading.texts,
      ...rowNames.map((text, r) => ({
        text,
        x: left - NAME_GAP,
        // A third of the size below the middle sets the small letters in the middle.
        y: Math.round(top(r) + cellHeight / 2 + LABEL_STYLE.size / 3),
        align: "right" as const,
        style: LABEL_STYLE,
      })),
    ],
  };
}

function requireImages({ images, shape, rows, rowNames }: ContactSheetOptions): void {
  if (rows.length !== rowNames.length || rows.length === 0) {
    throw new TrainscopeError("BAD_OPTION", `${rowNames.length} row names for ${rows.length} rows`);
  }
  const count = images.length / inputCount(shape);
  const missing = rows.flat().find((index) => !Number.isSafeInteger(index) || index < 0 || index >= count);
  if (missing !== undefined) {
    throw new TrainscopeError("BAD_OPTION", `image ${missing} of ${Math.floor(count)}; they count from 0`);
  }
}
