// A checkpoint as a file that other programs read too.
import type { Checkpoint } from "../training/checkpointer.ts";
import { encodeSafetensors } from "./safetensors.ts";

/**
 * A safetensors file of `weights` (`K x d`) and `biases` (`K`), which take standardised images. Its metadata are run
 * id, epoch, batch, settings and metrics, each as JSON.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { runId, epoch, batch, settings, metrics, parameters } = checkpoint;
  const { classes, inputs, weights, biases } = parameters;
  const facts = { runId, epoch, batch, settings, metrics };
  return encodeSafetensors({
    tensors: {
      weights: { shape: [classes, inputs], data: weights },
      biases: { shape: [classes], data: biases },
    },
    metadata: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, JSON.stringify(value)])),
  });
}
