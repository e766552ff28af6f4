// A model's parameters as a file for other programs: `weights` (`K x d`) and `biases` (`K`), which take standardised
// images.
import { type Checkpoint, encodeSafetensors, type Tensor } from "@trainscope/core";
import { zipSync } from "fflate";
import { encodeNpy } from "./npy.ts";

export type ParametersFormat = "npz" | "safetensors";

/** The same checkpoint gives the same bytes. */
export function encodeParameters(checkpoint: Checkpoint, format: ParametersFormat): Uint8Array {
  const { runId, epoch, batch, parameters } = checkpoint;
  const { classes, inputs, weights, biases } = parameters;
  const tensors = {
    weights: { shape: [classes, inputs], data: weights },
    biases: { shape: [classes], data: biases },
  };
  if (format === "npz") return encodeNpz(tensors);
  return encodeSafetensors({ tensors, metadata: { runId, epoch: String(epoch), batch: String(batch) } });
}

/** The earliest that a zip file can tell; its times have no zone. */
const NO_TIME = new Date(1980, 0, 1);

/** A zip of one .npy file for each, stored as they are, as `numpy.savez` does. */
function encodeNpz(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  const files = Object.entries(tensors).map(([name, tensor]) => [`${name}.npy`, encodeNpy(tensor)]);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: NO_TIME });
}
