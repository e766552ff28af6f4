// Our engines by name, each for a number of threads.
import { createReferenceEngine, createWasmEngine, type EngineFactory } from "@trainscope/core";
import { createNativeEngine, nativeSupport } from "@trainscope/engine-native";

interface NamedEngine {
  readonly create: (threads: number) => EngineFactory;
  /** Whether more threads than one make a difference. */
  readonly isThreaded: boolean;
  /** Of its figures after an epoch, against the reference. */
  readonly tolerance: number;
}

export const ENGINES: Readonly<Record<string, NamedEngine>> = {
  native: { create: (threads) => createNativeEngine({ threads }), isThreaded: true, tolerance: 1e-4 },
  wasm: { create: (threads) => createWasmEngine({ threads }), isThreaded: true, tolerance: 1e-4 },
  reference: { create: () => createReferenceEngine, isThreaded: false, tolerance: 1e-9 },
};

/** What trainscope itself takes. */
export const DEFAULT_ENGINE = nativeSupport().available ? "native" : "wasm";

/** Our own others, beside which an engine is measured. */
export function otherEngines(name: string): readonly string[] {
  return name === "native" ? ["wasm"] : [];
}

/** Throws `RangeError` where there is none of that name. */
export function engineOf(name: string): NamedEngine {
  const engine = ENGINES[name];
  if (engine === undefined) {
    throw new RangeError(`there is no engine "${name}"; expected ${Object.keys(ENGINES).join(" or ")}`);
  }
  return engine;
}
