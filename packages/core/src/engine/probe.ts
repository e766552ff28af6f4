// What an engine turns out to be, found out on a single pixel: which one serves, with which vectors, only its start tells.
import type { LabelledImages } from "../data/dataset.ts";
import { createParameters } from "../model/linear.ts";
import type { Engine, EngineFactory } from "./engine.ts";

/** What an engine says of itself before it has trained: its name, precision, threads and vectors. */
export type EngineDescription = Pick<
  Engine,
  "name" | "precision" | "threads" | "simd" | "vectors" | "build" | "notice"
>;

const PIXEL: LabelledImages = { images: Uint8Array.of(0), labels: Uint8Array.of(0) };

/** Rejects with what the engine's start fails with. */
export async function probeEngine(createEngine: EngineFactory): Promise<EngineDescription> {
  const engine = await createEngine({
    shape: { width: 1, height: 1, channels: 1 },
    classes: 2,
    splits: { train: PIXEL, validation: PIXEL, test: PIXEL },
    statistics: { means: Float64Array.of(0), deviations: Float64Array.of(1) },
    loss: "softmax",
    initial: createParameters(2, 1),
  });
  await engine.close();
  return engine;
}
