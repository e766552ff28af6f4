import { binaryCrossEntropy } from "./binary-cross-entropy.ts";
import type { Loss } from "./loss.ts";
import { multiclassSvm } from "./multiclass-svm.ts";
import type { LossName } from "./names.ts";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";

export const LOSSES: Readonly<Record<LossName, Loss>> = {
  softmax: softmaxCrossEntropy,
  bce: binaryCrossEntropy,
  svm: multiclassSvm,
};
