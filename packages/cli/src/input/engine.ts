// From `--engine` and `--threads` to what computes.
import { availableParallelism } from "node:os";
import { createReferenceEngine, createWasmEngine, type EngineFactory } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { createNativeEngine, nativeSupport } from "@trainscope/engine-native";

import type { EngineName } from "@trainscope/runs/choices";

interface EngineFlags {
  /** The native engine where it can serve here, else the wasm engine, where left out. */
  readonly engine?: EngineName | undefined;
  readonly threads?: number | undefined;
}

export interface ChosenEngine {
  readonly name: EngineName;
  readonly create: EngineFactory;
}

/** Throws `BAD_OPTION` for threads that the engine doesn't take, `NOT_SUPPORTED` where it can't serve here. */
export function chooseEngine({ engine, threads }: EngineFlags): ChosenEngine {
  const create = createsOn(engine ?? usualEngine().name)(threads);
  if (engine !== undefined) return { name: engine, create };
  const { name, notice } = usualEngine();
  return { name, create: notice === undefined ? create : withNotice(create, notice) };
}

/** What computes where nobody asks for another, and what is to be said of it. */
function usualEngine(): { readonly name: EngineName; readonly notice?: string } {
  const support = nativeSupport();
  if (support.available) return { name: "native" };
  return { name: "wasm", notice: `the wasm engine computes; the native one can't: ${support.reason}` };
}

function withNotice(create: EngineFactory, notice: string): EngineFactory {
  return async (setup) => {
    const engine = await create(setup);
    return { ...engine, notice: engine.notice === undefined ? notice : `${notice}; ${engine.notice}` };
  };
}

/** Makes engines of a name on so many threads, all that are of use where left out. */
function createsOn(name: EngineName): (threads: number | undefined) => EngineFactory {
  if (name === "reference") return createReferenceOn;
  const create = name === "native" ? createNative : createWasmEngine;
  return (threads) => create(threads === undefined ? {} : { threads });
}

function createNative(options: { readonly threads?: number }): EngineFactory {
  const support = nativeSupport();
  if (support.available) return createNativeEngine(options);
  throw new TrainscopeError("NOT_SUPPORTED", `the native engine can't serve here: ${support.reason}`, {
    hint: "Take --engine wasm; a run of the native engine goes on with it as a fork: trainscope fork RUN --engine wasm.",
  });
}

function createReferenceOn(threads: number | undefined): EngineFactory {
  if (threads === undefined) return createReferenceEngine;
  throw new TrainscopeError(
    "BAD_OPTION",
    `--threads ${threads} with --engine reference, which computes on one`,
    {
      hint: "Leave out one of the two.",
    },
  );
}

export interface ChosenEngines {
  /** An engine on so many threads. */
  readonly create: (threads: number) => EngineFactory;
  /** In all. */
  readonly threads: number;
  /** To be said once. */
  readonly notice: string | undefined;
}

/** For several runs at a time, which share the threads. Throws as `chooseEngine` does. */
export function chooseEngines({ engine, threads }: EngineFlags): ChosenEngines {
  const usual = usualEngine();
  const name = engine ?? usual.name;
  const create = createsOn(name);
  // Finds out what is wrong before anything is made.
  create(threads);
  if (name === "reference") return { create: () => create(undefined), threads: 1, notice: undefined };
  return {
    create,
    threads: threads ?? Math.min(availableParallelism(), MOST_THREADS),
    notice: engine === undefined ? usual.notice : undefined,
  };
}

/** No engine takes more. */
const MOST_THREADS = 16;
