// The reference engine where it is needed: a page that trains images never loads it.
import type { Engine, EngineSetup } from "./engine.ts";

/** As `createReferenceEngine`, which it loads. */
export async function createReferenceOnDemand(setup: EngineSetup): Promise<Engine> {
  const { createReferenceEngine } = await import("./reference.ts");
  return await createReferenceEngine(setup);
}
