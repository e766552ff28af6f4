// The optional part of a made-up study: variants, ensemble, search and final model.
import { inputCount } from "@trainscope/core";
import { resolveSettings } from "@trainscope/core/settings";
import { CLASS_NAMES, RGB, seededWeights } from "@trainscope/viz/testing";
import type { OptionalResults } from "../stages/results.ts";
import { seededHistograms, seededModelOnTest } from "./study-models.ts";
import { seededFrames } from "./study-runs.ts";
import { seededSearch } from "./study-search.ts";
import { BASELINE, seededVariant, VARIANTS } from "./study-variants.ts";

const CLASSES = CLASS_NAMES.length;

export function seededOptionalResults(): OptionalResults {
  const baseline = seededVariant(BASELINE, 0);
  const variants = VARIANTS.map((plan, index) => seededVariant(plan, index + 1));
  const { epochs, series, learningRates } = seededVariant({ ...BASELINE, id: "final", gain: 0.035 }, 50);
  return {
    baseline,
    seedSpread: { runs: 5, deviation: 0.0012 },
    variants,
    ensemble: {
      members: [baseline, ...variants.slice(1, 8)].map(({ title }) => title),
      validationAccuracy: (baseline.validationAccuracy ?? 0) + 0.0088,
      gain: { difference: 0.0088, standardError: 0.0026, images: 5000 },
      testAccuracy: 0.3993,
      memberAccuracies: [0.3802, 0.3921, 0.3968],
    },
    search: seededSearch(),
    final: {
      settings: resolveSettings({ flip: 0.5, schedule: { kind: "step", every: 15, factor: 0.1 } }),
      trainImages: 49_000,
      heldOutImages: 1000,
      epochs,
      series,
      learningRates,
      validationAccuracy: 0.418,
      onTest: seededModelOnTest("Final model", 0.415, 5),
      testLoss: 1.698,
      exactOptimum: 0.417,
      milliseconds: 6200,
      parameters: {
        classes: CLASSES,
        inputs: inputCount(RGB),
        weights: seededWeights(CLASSES, RGB),
        biases: new Float32Array(CLASSES),
      },
      frames: seededFrames(9),
    },
    histograms: seededHistograms(),
  };
}
