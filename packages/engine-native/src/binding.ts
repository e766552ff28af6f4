// The compiled part: native/binding.c says what each does. Built where the package was set up (build/), or else from
// the package that has it ready for this platform.
import { createRequire } from "node:module";
import type { LossName } from "@trainscope/core/settings";

export interface BindingSetup {
  readonly vectors: string;
  readonly threads: number;
  readonly inputs: number;
  readonly classes: number;
  readonly width: number;
  readonly loss: LossName;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** What the engine shows as its parameters: it writes to them as it trains. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

interface RowsJob {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly rows: number;
  readonly losses: Float32Array;
}

export interface TrainJob extends RowsJob {
  readonly kind: "train";
  readonly order: Uint32Array;
  readonly flips: Uint8Array | undefined;
  readonly noiseKeys: Uint32Array | undefined;
  readonly noiseAmount: number;
  readonly batchSize: number;
  readonly learningRates: Float64Array;
  readonly lambda: number;
}

export interface EvaluateJob extends RowsJob {
  readonly kind: "evaluate";
  readonly firstRow: number;
  readonly probabilities: Float32Array;
}

export type Job = TrainJob | EvaluateJob | { readonly kind: "load" | "adopt" };

/** An engine's handle, which only the binding looks into. */
export type Handle = object & { readonly brand: unique symbol };

export interface Binding {
  /** Those that this processor has, the widest first. `portable` is last: plain C, and slow where nothing fuses. */
  readonly vectors: readonly string[];
  /** Names the kernels, by a hash of their sources and of how they are compiled. */
  readonly build: string;
  create(setup: BindingSetup): Handle;
  /** Resolves to whether the job was done, and not left because the engine was closed. */
  run(handle: Handle, job: Job): Promise<boolean>;
  lossSum(handle: Handle): number;
  copyScaledWeights(handle: Handle, to: Float32Array): void;
  putScaledWeights(handle: Handle, from: Float32Array): void;
  close(handle: Handle): void;
  /** For tests: exp or log in place, of a multiple of 16 values. */
  elementary(vectors: string, isLog: boolean, values: Float32Array): void;
}

const require = createRequire(import.meta.url);

/** What was built here, before what is installed for this platform. */
const PLACES = [
  "../build/Release/engine_native.node",
  `@trainscope/engine-native-${process.platform}-${process.arch}`,
];

/** `undefined` where there is none. Throws what the system says where it is there and doesn't load. */
export function loadBinding(): Binding | undefined {
  for (const place of PLACES) {
    try {
      return require(place) as Binding;
    } catch (thrown) {
      const isMissing = thrown instanceof Error && Reflect.get(thrown, "code") === "MODULE_NOT_FOUND";
      if (!isMissing) throw thrown;
    }
  }
  return undefined;
}
