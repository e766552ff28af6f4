import { type Metric, squaredNorm } from "@trainscope/core";
import { checkNames, type MetricOptions } from "./options.ts";

/**
 * The Euclidean (Frobenius) norm of the weights, `sqrt(ΣW²)`, without the biases. It grows while training fits the images
 * and is held back by λ. The training split tells it; of another split it is the same.
 */
export function weightNorm(options: MetricOptions = {}): Metric<number | null> {
  checkNames("weightNorm", options, []);
  const { name = "weight-norm", splits = ["train"] } = options;
  return {
    description: "The norm of the weights.",
    name,
    splits,
    direction: "none",
    init: () => null,
    // The parameters stand still during a pass.
    update: (norm, batch) => norm ?? Math.sqrt(squaredNorm(batch.parameters.weights)),
    result: (norm) => norm,
  };
}
