// From `--engine` and `--threads` to what computes.
import { availableParallelism } from "node:os";
import { createReferenceEngine, createWasmEngine, type EngineFactory, TrainscopeError } from "@trainscope/core";
import { createNativeEngine } from "@trainscope/engine-native";

export const ENGINES = ["native", "wasm", "reference"] as const;
export type EngineName = (typeof ENGINES)[number];

interface EngineFlags {
  readonly engine: EngineName;
  readonly threads?: number;
}

/** Throws `BAD_OPTION` for threads that the engine doesn't take, `NOT_SUPPORTED` where it can't serve here. */
export function chooseEngine({ engine, threads }: EngineFlags): EngineFactory {
  if (engine !== "reference") return THREADED[engine](threads === undefined ? {} : { threads });
  if (threads === undefined) return createReferenceEngine;
  throw new TrainscopeError(
    "BAD_OPTION",
    `--threads ${threads} with --engine reference, which computes on one`,
    {
      hint: "Leave out one of the two.",
    },
  );
}

const THREADED = { native: createNativeEngine, wasm: createWasmEngine } as const;

export interface ChosenEngines {
  /** An engine on so many threads. */
  readonly create: (threads: number) => EngineFactory;
  /** In all. */
  readonly threads: number;
}

/** For several runs at a time, which share the threads. Throws as `chooseEngine` does. */
export function chooseEngines(flags: EngineFlags): ChosenEngines {
  // Finds out what is wrong before anything is made.
  chooseEngine(flags);
  const { engine } = flags;
  if (engine === "reference") {
    return { create: () => createReferenceEngine, threads: 1 };
  }
  return {
    create: (threads) => THREADED[engine]({ threads }),
    threads: flags.threads ?? Math.min(availableParallelism(), MOST_THREADS),
  };
}

/** That an engine takes. */
const MOST_THREADS = 16;
