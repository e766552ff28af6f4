// Lets whoever started a run look at its model while it goes on.
import type { Engine, EngineFactory, ModelParameters } from "@trainscope/core";

export interface WatchedEngine {
  readonly create: EngineFactory;
  /** The live parameters; `undefined` until the engine has started. They stand still while an event is delivered. */
  readonly parameters: () => ModelParameters | undefined;
}

/** For one run. */
export function watchEngine(create: EngineFactory): WatchedEngine {
  let engine: Engine | undefined;
  return {
    async create(setup) {
      engine = await create(setup);
      return engine;
    },
    parameters: () => engine?.parameters,
  };
}
