// A model as a file for other programs: `weights` (`K x d`) and `biases` (`K`), which take images less their `means`, over
// their `deviations` (`d`, in the unit of bytes, or of the features that the model takes in their place).
import type { Checkpoint } from "@trainscope/core";
import { encodeSafetensors, type Tensor } from "@trainscope/core/safetensors";
import { zipSync } from "fflate";
import { encodeNpy, encodeTexts } from "./npy.ts";

/** Files that `encodeParameters` makes. */
export type ParametersFormat = "npz" | "safetensors";

/** A checkpoint, or what of it goes to other programs. */
export interface ParametersSource extends Pick<Checkpoint, "runId" | "epoch" | "parameters" | "model"> {
  readonly settings: Pick<Checkpoint["settings"], "loss">;
  /** Left out where they are of whole epochs. */
  readonly batch?: number;
  /** They are of some batch of the next epoch: `epoch` is the last that was finished. Left out where they are not. */
  readonly isAfterEpoch?: boolean;
}

/**
 * The same checkpoint gives the same bytes. As npz its classes are an array of texts, `class_names`, the shape of an image is
 * `image_shape` (channels, height, width), and `loss` and `takes` ("bytes" or "features") are a text each; as safetensors classes and
 * shape are JSON in the metadata, which has `takes` of a model that takes features alone. A checkpoint of an earlier version has
 * only weights, biases and loss.
 */
export function encodeParameters(source: ParametersSource, format: ParametersFormat): Uint8Array {
  const { runId, epoch, batch, isAfterEpoch, parameters, model, settings } = source;
  const { classes, inputs, weights, biases } = parameters;
  const tensors = {
    weights: { shape: [classes, inputs], data: weights },
    biases: { shape: [classes], data: biases },
    ...(model && {
      means: { shape: [inputs], data: model.statistics.means },
      deviations: { shape: [inputs], data: model.statistics.deviations },
    }),
  };
  if (format === "npz") return encodeNpz(tensors, settings.loss, model);
  const place = {
    runId,
    [isAfterEpoch ? "afterEpoch" : "epoch"]: String(epoch),
    ...(batch === undefined ? {} : { batch: String(batch) }),
  };
  const meaning = model && {
    classNames: JSON.stringify(model.classNames),
    shape: JSON.stringify(model.shape),
    ...(model.takes && { takes: model.takes }),
  };
  return encodeSafetensors({ tensors, metadata: { ...place, loss: settings.loss, ...meaning } });
}

/** The earliest that a zip file can tell; its times have no zone. */
const NO_TIME = new Date(1980, 0, 1);

/** A zip of one .npy file for each, stored as they are, as `numpy.savez` does. */
function encodeNpz(
  tensors: Readonly<Record<string, Tensor>>,
  loss: string,
  model: Checkpoint["model"],
): Uint8Array {
  const files = Object.entries(tensors).map(([name, tensor]) => [`${name}.npy`, encodeNpy(tensor)]);
  const meaning = model && {
    "class_names.npy": encodeTexts(model.classNames),
    "image_shape.npy": encodeNpy({
      shape: [3],
      data: Float64Array.of(model.shape.channels, model.shape.height, model.shape.width),
    }),
    "takes.npy": encodeTexts(model.takes ?? "bytes"),
  };
  const parts = { ...Object.fromEntries(files), "loss.npy": encodeTexts(loss), ...meaning };
  return zipSync(parts, { level: 0, mtime: NO_TIME });
}
