// The contract suite of an engine: every engine passes it with one call.
import { describe } from "vitest";
import type { EngineFactory } from "../engine/engine.ts";
import { describeAugmentation } from "./engine/augmentation.ts";
import { describeFeatures } from "./engine/features.ts";
import { describeFormulas } from "./engine/formulas.ts";
import { describeSlices } from "./engine/slices.ts";
import { describeState } from "./engine/state.ts";

/** How close to float64 arithmetic an engine has to come. */
export interface EngineContractOptions {
  /** Largest absolute difference of a parameter, loss or probability from float64 arithmetic by hand. */
  readonly tolerance: number;
}

/**
 * The contract suite of engines, to be called in a test file of vitest: against float64 arithmetic by hand.
 */
export function describeEngine(
  name: string,
  createEngine: EngineFactory,
  { tolerance }: EngineContractOptions,
): void {
  describe(`engine ${name}`, () => {
    describeState(createEngine);
    describeFormulas(createEngine, tolerance);
    describeSlices(createEngine);
    describeAugmentation(createEngine);
    if (createEngine.takesFeatures) describeFeatures(createEngine, tolerance);
  });
}
