import fc from "fast-check";
import { expect, it } from "vitest";
import { resolveSettings } from "../settings/settings.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import { classifierOf } from "./classifier-of.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

const parameters = {
  classes: 2,
  inputs: 3,
  weights: Float32Array.of(1, 2, 3, 4, 5, 6),
  biases: Float32Array.of(7, 8),
};
const checkpoint: Checkpoint = {
  runId: "run",
  reason: "every",
  epoch: 12,
  batch: 34,
  isWholeEpoch: true,
  best: false,
  batching: { imagesBefore: 0, batchesBefore: 0, batchSize: 100, batches: 34 },
  trainMs: 12.5,
  seq: 99,
  logged: 60,
  settings: resolveSettings({ schedule: { kind: "cosine" } }),
  metrics: { "train/loss": 1.5, "validation/loss": null },
  metricStates: { drift: { validation: { norm: 0.1 } } },
  parameters,
  model: {
    statistics: { means: Float64Array.of(0.1, 2, 3), deviations: Float64Array.of(1, 5e-324, 9) },
    classNames: ["cat", "dog"],
    shape: { width: 3, height: 1, channels: 1 },
  },
  scaledWeights: Float32Array.of(1, 4, 9, 16, 25, 36),
  bestEpoch: { epoch: 11, lambda: 0.1, parameters: { ...parameters, biases: Float32Array.of(9, -0) } },
};

it("a checkpoint comes back as it was, with best parameters and without, in float32 and float64", async () => {
  const double = { ...parameters, weights: Float64Array.of(0.1, -0, 5e-324, 1e300, 2, 3) };
  const plain = { ...checkpoint, bestEpoch: null, scaledWeights: null };
  const { model: _, ...earlier } = plain;
  for (const one of [checkpoint, plain, earlier, { ...checkpoint, parameters: double }]) {
    expect(await decodeCheckpoint(await encodeCheckpoint(one))).toEqual(one);
  }
});

it("any reader of safetensors reads its file: tensors by name, the rest as JSON, and a SHA-256 to check by hand", async () => {
  const bytes = await encodeCheckpoint(checkpoint);
  const { tensors, metadata } = decodeSafetensors(bytes);
  expect(tensors).toEqual({
    weights: { shape: [2, 3], data: parameters.weights },
    biases: { shape: [2], data: parameters.biases },
    "scaled.weights": { shape: [2, 3], data: checkpoint.scaledWeights },
    "best.weights": { shape: [2, 3], data: parameters.weights },
    "best.biases": { shape: [2], data: Float32Array.of(9, -0) },
    means: { shape: [3], data: checkpoint.model?.statistics.means },
    deviations: { shape: [3], data: checkpoint.model?.statistics.deviations },
  });
  expect(JSON.parse(metadata.settings ?? "")).toEqual(checkpoint.settings);
  expect(JSON.parse(metadata.cut ?? ""), "by the name that files have had from the first").toEqual(
    checkpoint.batching,
  );
  const at = String.fromCharCode(...bytes).indexOf(metadata.sha256 ?? "?");
  const digest = await crypto.subtle.digest("SHA-256", bytes.slice().fill("0".charCodeAt(0), at, at + 64));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(hex).toBe(metadata.sha256);
});

it("its model is the parameters with what they mean; an earlier version's file has none, and says so", async () => {
  const read = await decodeCheckpoint(await encodeCheckpoint(checkpoint));
  const rest = { ...checkpoint.model, loss: "softmax" };
  expect(classifierOf(read)).toEqual({ ...rest, parameters });
  expect(classifierOf(read, "best")).toEqual({ ...rest, parameters: checkpoint.bestEpoch?.parameters });
  const { model: _, ...earlier } = checkpoint;
  expect(() => classifierOf(earlier)).toThrow(
    "the checkpoint of epoch 12 doesn't hold what its parameters mean",
  );
  expect(() => classifierOf({ ...checkpoint, bestEpoch: null }, "best")).toThrow(
    expect.objectContaining({ code: "BAD_OPTION" }),
  );
});

it("a file in which any one bit is another is refused", async () => {
  const bytes = await encodeCheckpoint({ ...checkpoint, bestEpoch: null });
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    await expect(decodeCheckpoint(flipped)).rejects.toMatchObject({ code: "BAD_DATA" });
  }
});

it("a model that takes what nobody knows is refused, its word made visible", async () => {
  const model = { ...checkpoint.model, takes: "\u001b]0;x\u0007" };
  const bytes = await encodeCheckpoint({ ...checkpoint, model } as never);
  await expect(decodeCheckpoint(bytes)).rejects.toThrow(
    'its model takes "\\u001b]0;x\\u0007"; expected "features"',
  );
});

it("a file cut short, other bytes and other safetensors are refused", async () => {
  const bytes = await encodeCheckpoint(checkpoint);
  const cut = fc.integer({ min: 0, max: bytes.length - 1 }).map((length) => bytes.subarray(0, length));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, fc.uint8Array({ maxLength: 200 })), async (file) => {
      await expect(decodeCheckpoint(file)).rejects.toMatchObject({ code: "BAD_DATA" });
    }),
  );
  const other = encodeSafetensors({ tensors: {}, metadata: { epoch: "3" } });
  await expect(decodeCheckpoint(other)).rejects.toThrow("not a whole checkpoint: it does not begin as one");
});
