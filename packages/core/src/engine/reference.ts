// The reference engine: float64, one thread. Its code is loaded when it is started: a page that trains images never does.
import { requireArgument } from "../errors.ts";
import { copyParameters } from "../model/linear.ts";
import type { Engine, EngineFactory, EngineSetup } from "./engine.ts";

/** The engine in float64 on one thread, written to be read: the oracle of the others. */
export const createReferenceEngine: EngineFactory = /* @__PURE__ */ Object.assign(startReferenceEngine, {
  takesFeatures: true as const,
});

async function startReferenceEngine(setup: EngineSetup): Promise<Engine> {
  requireArgument("createReferenceEngine", "setup", setup, "an object");
  const { ReferenceLearner, ROWS_AT_ONCE } = await import("./reference-learner.ts");
  const learner = new ReferenceLearner(setup);
  const { parameters } = learner;
  return {
    name: "reference",
    precision: "float64",
    threads: 1,
    evaluationRows: ROWS_AT_ONCE,
    parameters,
    copyState: () => ({ parameters: copyParameters(parameters), scaledWeights: null }),
    load: async (others) => learner.load(others),
    trainBatches: (slice) => learner.train(slice),
    evaluate: async (split, first, end) => learner.evaluate(split, first, end),
    close: async () => {},
  };
}
