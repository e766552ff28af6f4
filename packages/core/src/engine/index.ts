// The contract of engines, and what one is made of: standardised inputs, noise, matrix products.
export type { LabelledRows } from "../data/dataset.ts";
export { standardiseInto } from "../data/standardise.ts";
export { drawNoise, type Noise } from "../random/noise.ts";
export { refuseUnknown } from "../refuse-unknown.ts";
export {
  addTransposedProduct,
  createMatrix,
  type Matrix,
  matrixOf,
  multiplyTransposed,
} from "../tensor/matrix.ts";
export type {
  Engine,
  EngineFactory,
  EngineSetup,
  Evaluation,
  TrainedSlice,
  TrainingSlice,
} from "./engine.ts";
export { type EngineDescription, probeEngine } from "./probe.ts";
export { type ByteSetup, requireBytes } from "./require-bytes.ts";
export type { WasmHost } from "./wasm/host.ts";
