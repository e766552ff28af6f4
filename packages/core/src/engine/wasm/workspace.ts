// An engine's place in memory: where its arrays lie, and what they hold before the first job.
import { inputCount, type LabelledImages, SPLITS, type Split } from "../../data/dataset.ts";
import {
  createMemory,
  type ImageMemory,
  imageMemoryOf,
  releaseRegion,
  takeRegion,
} from "../../data/image-memory.ts";
import type { WasmMemory } from "../../data/web-assembly.ts";
import type { ModelParameters } from "../../model/linear.ts";
import type { ByteSetup } from "../require-bytes.ts";
import { type Layout, layOut } from "./layout.ts";

/** Rows that one job evaluates: some 30 ms of work on one thread, in which the calling thread may draw, say. */
export const ROWS_PER_JOB = 16_384;

/** An engine's arrays in memory, filled. */
export interface Workspace {
  readonly memory: WasmMemory;
  readonly layout: Layout;
  /** Addresses of each split's images and labels. */
  readonly splits: Readonly<Record<Split, { readonly images: number; readonly labels: number }>>;
  release(): void;
}

/** Beside the images where they lie in a shared memory, or else with copies in a memory of its own. */
export function allocateWorkspace(setup: ByteSetup, threads: number, shared: boolean): Workspace {
  const home = shared ? imageMemoryOf(setup.splits.train.images) : undefined;
  if (home === undefined) return allocateIn(undefined, setup, threads, shared);
  try {
    return allocateIn(home, setup, threads, shared);
  } catch (thrown) {
    // The images' memory can't grow: some hosts limit how much address space a program may reserve.
    if (thrown instanceof RangeError) return allocateIn(undefined, setup, threads, shared);
    throw thrown;
  }
}

/** Throws `RangeError` where there is no memory to be had. */
function allocateIn(
  home: ImageMemory | undefined,
  setup: ByteSetup,
  threads: number,
  shared: boolean,
): Workspace {
  const { shape, classes, splits, loss } = setup;
  const isHome = ({ images }: LabelledImages): boolean => home !== undefined && imageMemoryOf(images) === home;
  const copied = SPLITS.flatMap((split) => (isHome(splits[split]) ? [] : [splits[split].images.length]));
  const labelled = SPLITS.map((split) => splits[split].labels.length);
  const sizes = {
    threads,
    inputs: inputCount(shape),
    classes,
    width: shape.width,
    loss,
    trainingRows: splits.train.labels.length,
    evaluationRows: ROWS_PER_JOB,
    copiedBytes: sum(copied) + sum(labelled),
  };
  const needed = layOut(0, sizes).end;
  const region = home === undefined ? { start: 0, bytes: needed } : takeRegion(home, needed);
  const memory = home?.memory ?? createMemory(needed, shared);
  const layout = layOut(region.start, sizes);
  const bytes = new Uint8Array(memory.buffer);
  // Another engine may have used the region, and padding is to be 0.
  bytes.fill(0, region.start, layout.end);

  let next = layout.copies;
  function copy(source: Uint8Array): number {
    const address = next;
    bytes.set(source, address);
    next += source.length;
    return address;
  }
  function place(split: Split): { images: number; labels: number } {
    const { images, labels } = splits[split];
    return { images: isHome(splits[split]) ? images.byteOffset : copy(images), labels: copy(labels) };
  }
  const workspace = {
    memory,
    layout,
    splits: { train: place("train"), validation: place("validation"), test: place("test") },
    release: () => {
      if (home !== undefined) releaseRegion(home, region);
    },
  };
  fill(workspace, setup);
  return workspace;
}

function fill({ memory, layout }: Workspace, { statistics }: ByteSetup): void {
  const { buffer } = memory;
  new Uint32Array(buffer, layout.table, layout.tableValues.length).set(layout.tableValues);
  const inputs = statistics.means.length;
  const wholeMeans = new Int16Array(buffer, layout.wholeMeans, inputs);
  const meanRests = new Float32Array(buffer, layout.meanRests, inputs);
  const deviations = new Float32Array(buffer, layout.deviations, inputs);
  const scales = new Float32Array(buffer, layout.scales, inputs);
  const squaredScales = new Float32Array(buffer, layout.squaredScales, inputs);
  for (let j = 0; j < inputs; j++) {
    const mean = statistics.means[j] as number;
    wholeMeans[j] = Math.round(mean);
    meanRests[j] = mean - Math.round(mean);
    const deviation = statistics.deviations[j] as number;
    deviations[j] = deviation;
    scales[j] = 1 / deviation;
    squaredScales[j] = 1 / deviation ** 2;
  }
}

export function parametersIn(
  { buffer }: WasmMemory,
  layout: Layout,
  { classes, inputs }: Pick<ModelParameters, "classes" | "inputs">,
): ModelParameters<Float32Array> {
  return {
    classes,
    inputs,
    weights: new Float32Array(buffer, layout.weights, classes * inputs),
    biases: new Float32Array(buffer, layout.biases, classes),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
