// Prints by how many bytes the heap grows for each batch that an engine trains, in slices of 100 batches as the trainer
// asks for them; the engine's name is the argument. Run by allocation.test.ts, with a young generation so large that no garbage collection falls between.
import {
  componentStatistics,
  createReferenceEngine,
  createWasmEngine,
  type EngineFactory,
  initialiseParameters,
} from "@trainscope/core";
import { createNativeEngine } from "@trainscope/engine-native";

const BATCHES = 10_000;
const ROWS = 50;
const SLICE = 100;
const inputs = 48;
const images = BATCHES * ROWS;
const train = {
  images: Uint8Array.from({ length: images * inputs }, (_, i) => (i * 97) % 251),
  labels: Uint8Array.from({ length: images }, (_, i) => i % 3),
};
const ENGINES: Readonly<Record<string, () => EngineFactory>> = {
  reference: () => createReferenceEngine,
  wasm: () => createWasmEngine(),
  native: () => createNativeEngine(),
};
const create = (ENGINES[process.argv[2] ?? ""] ?? fail)();
const engine = await create({
  shape: { width: 4, height: 4, channels: 3 },
  classes: 3,
  splits: { train, validation: train, test: train },
  statistics: componentStatistics(train, inputs),
  loss: "softmax",
  initial: initialiseParameters(3, inputs, 1),
});
const epoch = {
  order: Uint32Array.from({ length: images }, (_, i) => i),
  batchSize: ROWS,
  learningRates: new Float64Array(BATCHES).fill(0.001),
  lambda: 0.1,
};
const slices = Array.from({ length: BATCHES / SLICE }, (_, i) => ({
  ...epoch,
  first: i * SLICE,
  end: (i + 1) * SLICE,
}));
// Compiling the loops allocates: let that be done before.
for (let round = 0; round < 3; round++) {
  for (const slice of slices) await engine.trainBatches(slice);
}
const before = process.memoryUsage();
for (const slice of slices) await engine.trainBatches(slice);
const after = process.memoryUsage();
const growth = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
console.log(growth / BATCHES);
await engine.close();

function fail(): never {
  throw new Error(`there is no engine "${process.argv[2]}"`);
}
