/** softmax: cross-entropy of softmax. bce: mean of K binary cross-entropies. svm: multi-class hinge, margin 1. */
export const LOSS_NAMES = ["softmax", "bce", "svm"] as const;

/** One of `LOSS_NAMES`. */
export type LossName = (typeof LOSS_NAMES)[number];
