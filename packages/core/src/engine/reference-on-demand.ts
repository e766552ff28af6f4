// The reference engine where it is needed: a page that trains images never loads it.
import type { Engine, EngineFactory, EngineSetup } from "./engine.ts";

/** As `createReferenceEngine`, which it loads. */
export const createReferenceOnDemand: EngineFactory = Object.assign(loadReferenceEngine, {
  takesFeatures: true as const,
});

async function loadReferenceEngine(setup: EngineSetup): Promise<Engine> {
  const { createReferenceEngine } = await import("./reference.ts");
  return await createReferenceEngine(setup);
}
