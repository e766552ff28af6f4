// Rows of numbers in place of images: from the door to the checkpoint.
import { lastValueFrom, toArray } from "rxjs";
import { expect, it } from "vitest";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoint/checkpoint-file.ts";
import { classifierOf } from "../checkpoint/classifier-of.ts";
import type { DatasetInput } from "../data/dataset.ts";
import type { FeatureDataset } from "../data/features.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { predict } from "../model/classifier.ts";
import { defineMetric } from "../plugins/plugin.ts";
import { createRandom, RandomStream } from "../random/random.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { fit } from "./fit.ts";
import { train } from "./train.ts";

/** Three clouds of points in four dimensions, whose units lie far apart. */
function clouds(count: number, substream: number) {
  const random = createRandom(3, RandomStream.sample, substream);
  const labels = Array.from({ length: count }, () => random.integer(3));
  const units = [1e-6, 1, 1e3, 1e6];
  const features = labels.map((label) =>
    units.map((unit, j) => unit * (100 + 3 * Number(j % 3 === label) + random.normal())),
  );
  return { features, labels };
}

const dataset: FeatureDataset = {
  name: "clouds",
  classNames: ["a", "b", "c"],
  train: clouds(300, 0),
  validation: clouds(150, 1),
};
const settings = { epochs: 20, batchSize: 20, learningRate: 0.05, lambda: 0 };

it("learns from rows of numbers, and classifies new ones", async () => {
  const { model, metrics } = await fit({ dataset, settings });
  expect(metrics["validation/accuracy"]).toBeGreaterThan(0.9);
  const test = clouds(500, 2);
  const { labels } = predict(model, test.features);
  const hits = test.labels.filter((label, row) => label === labels[row]).length;
  expect(hits / 500).toBeGreaterThan(0.9);
  expect(predict(model, Float64Array.from(test.features.flat())).labels).toEqual(labels);
});

it("bytes given as features train to what the same images do", async () => {
  const images = createTinyDataset();
  const { train: split, validation, shape } = images;
  const floats = ({ images: bytes, labels }: typeof split) => ({ features: Float32Array.from(bytes), labels });
  const given = {
    name: images.name,
    classNames: images.classNames,
    shape,
    train: floats(split),
    validation: floats(validation),
  };
  const some = { epochs: 3, batchSize: 20, learningRate: 0.02, flip: 0.5 };
  const expected = await fit({ dataset: images, settings: some, engine: createReferenceEngine });
  const { model } = await fit({ dataset: given, settings: some });
  const { weights } = expected.model.parameters;
  // Means and deviations are the same numbers, but for their last digits.
  weights.forEach((weight, i) => {
    expect(model.parameters.weights[i]).toBeCloseTo(weight, 10);
  });
});

it("a checkpoint holds that its model takes features, and a run goes on from it to the same bits", async () => {
  const files: Promise<Uint8Array>[] = [];
  const { model } = await fit({
    dataset,
    settings,
    checkpointEvery: 10,
    async saveCheckpoint(checkpoint) {
      files.push(encodeCheckpoint(checkpoint));
      return "path";
    },
  });
  const checkpoints = await Promise.all(files.map(async (file) => await decodeCheckpoint(await file)));
  const last = classifierOf(checkpoints.at(-1) as Checkpoint);
  expect(last).toEqual(model);
  expect(last.takes).toBe("features");
  const middle = checkpoints.find(({ epoch }) => epoch === 10) as Checkpoint;
  const forked = await fit({ dataset, fork: middle });
  expect(forked.model).toEqual(model);

  const images = { ...createTinyDataset(), shape: { width: 4, height: 1, channels: 1 } };
  const bytes = { images: new Uint8Array(4 * 300), labels: new Uint8Array(300) };
  const other = { ...images, train: bytes, validation: bytes, test: bytes };
  await expect(fit({ dataset: other, fork: middle })).rejects.toMatchObject({
    code: "BAD_OPTION",
    message: "the checkpoint's model takes features; tiny has bytes",
  });
});

it("the run says that the reference engine computes, and metrics are lent the features", async () => {
  const first = defineMetric({
    name: "first",
    splits: ["validation"],
    direction: "none",
    init: () => null as number | null,
    update: (state, { images }) => state ?? images()[0] ?? null,
    result: (state) => state,
  });
  const events = await lastValueFrom(
    train({ dataset, settings: { ...settings, epochs: 1 }, metrics: [first] }).pipe(toArray()),
  );
  expect(events[0]).toMatchObject({ type: "run:start", environment: { engine: "reference" } });
  const [row] = clouds(150, 1).features;
  expect(events.at(-1)).toMatchObject({ metrics: { "validation/first": row?.[0] } });
});

it.each<[string, object, string, string]>([
  ["the wasm engine", { engine: createWasmEngine() }, "NOT_SUPPORTED", "the engine takes images as bytes"],
  [
    "an engine that doesn't say that it takes features",
    { engine: () => Promise.reject(new Error("started")) },
    "NOT_SUPPORTED",
    "the engine takes images as bytes; clouds has features",
  ],
  ["noise", { settings: { noise: 3 } }, "BAD_OPTION", "noise is 3; it moves bytes"],
  [
    "mirroring",
    { settings: { flip: 0.5 } },
    "BAD_OPTION",
    "flip is 0.5; features without a shape have no left",
  ],
])("%s is refused before the run starts", async (_, options, code, message) => {
  await expect(fit({ dataset, ...options })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
    hint: expect.any(String),
  });
});

it("a model takes what it was trained on, and nothing else", async () => {
  const { model } = await fit({ dataset, settings: { ...settings, epochs: 1 } });
  expect(() => predict(model, new Uint8Array(4))).toThrow("features is a Uint8Array; expected a list of rows");
  expect(() => predict(model, [[1, 2, 3]])).toThrow("features[0]: 3 numbers; expected 4");
  expect(() => predict(model, Float32Array.of(1, 2, 3))).toThrow(
    "features has 3 numbers; expected a multiple of 4",
  );
  expect(predict(model, []).labels).toHaveLength(0);
  const images = createTinyDataset();
  const { model: ofBytes } = await fit({ dataset: images as DatasetInput, settings: { epochs: 1 } });
  expect(() => predict(ofBytes, [[1]])).toThrow("images is an array; expected a Uint8Array");
});
