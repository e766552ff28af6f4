// A checkpoint as a file that other programs read too, and back.
import type { ComponentStatistics } from "../data/standardise.ts";
import { requireArgument, TrainscopeError } from "../errors.ts";
import type { ModelParameters } from "../model/linear.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { decodeSafetensors, encodeSafetensors, type SafetensorsFile, type Tensor } from "./safetensors.ts";

const CHECKPOINT_VERSION = 1;

/** What `batching` is called in a file, as it was by the first version that wrote one. */
const BATCHING_KEY = "cut";

/** How each file begins after the length of its header: the checksum is found without reading anything else. */
const BEGINNING = '{"__metadata__":{"sha256":"';
const DIGITS = 64;
const CHECKSUM_AT = 8 + BEGINNING.length;

/**
 * A safetensors file of `weights` (`K x d`) and `biases` (`K`), which take standardised images, `scaled.weights` where an
 * engine trains these, `best.weights` and `best.biases` where the run is to end with those of its best epoch, and `means` and
 * `deviations` (`d`), by which inputs are standardised. Its metadata are all else, each as JSON, and `sha256`: of the whole file, with zeros in place of that checksum's own 64 digits.
 */
export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array> {
  requireArgument("encodeCheckpoint", "checkpoint", checkpoint, "an object");
  requireArgument("encodeCheckpoint", "checkpoint.parameters", checkpoint.parameters, "an object");
  const { parameters, scaledWeights, bestEpoch, model, ...rest } = checkpoint;
  const best = bestEpoch && { epoch: bestEpoch.epoch, lambda: bestEpoch.lambda };
  const meaning = model && { model: { classNames: model.classNames, shape: model.shape, takes: model.takes } };
  const facts = { v: CHECKPOINT_VERSION, ...rest, ...meaning, bestEpoch: best };
  const texts = Object.entries(facts).map(([name, value]) => [
    name === "batching" ? BATCHING_KEY : name,
    JSON.stringify(value),
  ]);
  const bytes = encodeSafetensors({
    tensors: {
      ...tensorsOf(parameters, ""),
      ...(scaledWeights && { "scaled.weights": { shape: shapeOf(parameters), data: scaledWeights } }),
      ...(bestEpoch && tensorsOf(bestEpoch.parameters, "best.")),
      ...(model && statisticsTensors(model.statistics)),
    },
    metadata: { sha256: "0".repeat(DIGITS), ...Object.fromEntries(texts) },
  });
  bytes.set(new TextEncoder().encode(await checksum(bytes)), CHECKSUM_AT);
  return bytes;
}

/** Throws `BAD_DATA` for a file that is no checkpoint, of another version, or not to the last bit what was written. */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<Checkpoint> {
  requireArgument("decodeCheckpoint", "bytes", bytes, "bytes");
  const beginning = new TextDecoder().decode(bytes.subarray(8, CHECKSUM_AT + DIGITS));
  if (!beginning.startsWith(BEGINNING)) throw damaged("it does not begin as one");
  // A copy: what slices a Buffer shares its memory.
  const zeroed = new Uint8Array(bytes).fill(0x30, CHECKSUM_AT, CHECKSUM_AT + DIGITS);
  if ((await checksum(zeroed)) !== beginning.slice(BEGINNING.length)) {
    throw damaged("it is not what was written: its SHA-256 is another");
  }
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { v, ...facts } = Object.fromEntries(
    Object.entries(metadata)
      .filter(([name]) => name !== "sha256")
      .map(([name, text]) => [name === BATCHING_KEY ? "batching" : name, JSON.parse(text)]),
  ) as Omit<Checkpoint, "parameters" | "bestEpoch"> & Pick<Checkpoint, "bestEpoch"> & { v: unknown };
  if (v !== CHECKPOINT_VERSION) {
    throw damaged(`its version is ${JSON.stringify(v)}; expected ${CHECKPOINT_VERSION}`);
  }
  const takes: unknown = facts.model?.takes;
  if (takes !== undefined && takes !== "features") {
    throw damaged(`its model takes ${JSON.stringify(takes)}; expected "features", or nothing for bytes`);
  }
  const best = facts.bestEpoch;
  return {
    ...facts,
    ...(facts.model && { model: { ...facts.model, statistics: statisticsOf(tensors) } }),
    parameters: parametersOf(tensors, ""),
    scaledWeights: tensors["scaled.weights"]?.data ?? null,
    bestEpoch: best && { ...best, parameters: parametersOf(tensors, "best.") },
  };
}

function statisticsTensors({ means, deviations }: ComponentStatistics): Record<string, Tensor> {
  const shape = [means.length];
  return { means: { shape, data: means }, deviations: { shape, data: deviations } };
}

function statisticsOf({ means, deviations }: SafetensorsFile["tensors"]): ComponentStatistics {
  if (means?.data instanceof Float64Array && deviations?.data instanceof Float64Array) {
    return { means: means.data, deviations: deviations.data };
  }
  throw damaged("it has no means and deviations in float64");
}

/** SHA-256 in hexadecimal. */
async function checksum(bytes: Uint8Array): Promise<string> {
  // What encodes and slices gives bytes in memory of their own.
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tensorsOf(parameters: ModelParameters, prefix: string): Record<string, Tensor> {
  return {
    [`${prefix}weights`]: { shape: shapeOf(parameters), data: parameters.weights },
    [`${prefix}biases`]: { shape: [parameters.classes], data: parameters.biases },
  };
}

function shapeOf({ classes, inputs }: ModelParameters): readonly number[] {
  return [classes, inputs];
}

function parametersOf(tensors: SafetensorsFile["tensors"], prefix: string): ModelParameters {
  const [weights, biases] = [tensors[`${prefix}weights`], tensors[`${prefix}biases`]];
  const [classes, inputs] = weights?.shape ?? [];
  if (weights === undefined || biases === undefined || classes === undefined || inputs === undefined) {
    throw damaged(`it has no ${prefix}weights and ${prefix}biases`);
  }
  return { classes, inputs, weights: weights.data, biases: biases.data };
}

function damaged(reason: string): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `not a whole checkpoint: ${reason}`);
}
