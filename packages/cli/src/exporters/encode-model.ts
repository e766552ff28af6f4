// A trained classifier as a file for other programs.
import { classifierOf } from "@trainscope/core";
import { encodeOnnx } from "@trainscope/formats/onnx";
import { encodeParameters, type ParametersFormat, type ParametersSource } from "@trainscope/runs/export";

export type ModelFormat = ParametersFormat | "onnx";

/**
 * The same model gives the same bytes. Throws `BAD_DATA` where it is to be ONNX, and its parameters are not all finite numbers, or a
 * checkpoint of an earlier version doesn't hold what they mean.
 */
export function encodeModel(source: ParametersSource, format: ModelFormat): Uint8Array {
  if (format !== "onnx") return encodeParameters(source, format);
  const { runId, epoch, batch, isAfterEpoch } = source;
  return encodeOnnx(classifierOf(source), {
    runId,
    [isAfterEpoch ? "afterEpoch" : "epoch"]: String(epoch),
    ...(batch === undefined ? {} : { batch: String(batch) }),
  });
}
