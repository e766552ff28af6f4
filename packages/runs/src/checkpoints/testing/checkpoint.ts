// A checkpoint made by hand, for the tests.
import type { Checkpoint, Values } from "@trainscope/core";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";

/** Of a model with two classes and three inputs, after a whole epoch. */
export function checkpointAt(epoch: number, more: Partial<Checkpoint> = {}): Checkpoint {
  return {
    runId: "run",
    reason: "every",
    epoch,
    batch: 4,
    isWholeEpoch: true,
    best: false,
    batching: { imagesBefore: 0, batchesBefore: 0, batchSize: 25, batches: 4 },
    trainMs: 1,
    seq: 9,
    logged: 9,
    settings: DEFAULT_SETTINGS,
    metrics: {},
    metricStates: {},
    parameters: parametersOf(Float32Array.of(epoch, -1.5, 0.1, 1e-30, 3e38, 0), Float32Array.of(0.25, -0.25)),
    scaledWeights: null,
    bestEpoch: null,
    ...more,
  };
}

export function parametersOf(weights: Values, biases: Values): Checkpoint["parameters"] {
  return { classes: biases.length, inputs: weights.length / biases.length, weights, biases };
}
