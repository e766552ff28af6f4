// What a model's answers say of it: confusion, mistakes, votes, spreads over seeds.

export { type ClassOnTest, classesOf, confusionMatrix } from "./confusion.ts";
export { majorityVote } from "./majority-vote.ts";
export { meanAbsoluteChange } from "./mean-absolute-change.ts";
export { type Mistake, worstMistakes } from "./mistakes.ts";
export { type PairedGain, pairedGainOf } from "./paired-gain.ts";
export {
  accuracyOf,
  lastPredictions,
  type Predictions,
  predictedClass,
  predictedClasses,
} from "./predictions.ts";
export { type ProbabilityHistogram, probabilityHistogram } from "./probability-histogram.ts";
export { type CurveSpread, curveSpreadOf, type Spread, spreadOf } from "./spread.ts";
