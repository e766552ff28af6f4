import { describe, expect, it } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoint/checkpoint-file.ts";
import { classifierOf } from "../checkpoint/classifier-of.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { LOSS_NAMES } from "../losses/names.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { fit } from "../training/fit.ts";
import { predict } from "./classifier.ts";

const dataset = createTinyDataset();
const settings = { epochs: 3, batchSize: 20, learningRate: 0.02 };

describe("predict", () => {
  it.each(LOSS_NAMES)("%s: classifies bytes as the engine that trained it does", async (loss) => {
    const large = createTinyDataset({ test: 600 });
    const { model, metrics } = await fit({
      dataset: large,
      settings: { ...settings, loss },
      engine: createReferenceEngine,
    });
    const { labels, probabilities } = predict(model, large.test.images);
    const hits = labels.filter((label, i) => label === large.test.labels[i]).length;
    expect(hits / 600).toBeCloseTo(metrics["test/accuracy"] ?? 0, 12);
    expect(probabilities).toHaveLength(1800);
    const sums = Array.from({ length: 600 }, (_, row) =>
      probabilities.subarray(3 * row, 3 * row + 3).reduce((sum, p) => sum + p, 0),
    );
    if (loss !== "bce") for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
  });

  it("a checkpoint's model, as it comes back from its file, classifies as the run itself does", async () => {
    const large = createTinyDataset({ test: 600 });
    const files: Promise<Uint8Array>[] = [];
    const { model } = await fit({
      dataset: large,
      settings,
      engine: createReferenceEngine,
      checkpointEvery: 0,
      async saveCheckpoint(checkpoint) {
        files.push(encodeCheckpoint(checkpoint));
        return "path";
      },
    });
    const read = classifierOf(await decodeCheckpoint((await files.at(-1)) as Uint8Array));
    expect(predict(read, large.test.images)).toEqual(predict(model, large.test.images));
  });

  it("is what the formula says, by hand: standardised, W x + b, softmax", () => {
    const model = {
      parameters: {
        classes: 2,
        inputs: 2,
        weights: Float32Array.of(1, 0, 0, 1),
        biases: Float32Array.of(0, 0.5),
      },
      statistics: { means: Float64Array.of(10, 20), deviations: Float64Array.of(2, 5) },
      classNames: ["a", "b"],
      shape: { width: 2, height: 1, channels: 1 },
      loss: "softmax" as const,
    };
    // Scores: (12 - 10) / 2 = 1 and (20 - 20) / 5 + 0.5 = 0.5.
    const { labels, probabilities } = predict(model, Uint8Array.of(12, 20));
    expect([...labels]).toEqual([0]);
    expect(probabilities[0]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 14);
  });

  it("refuses a model that doesn't fit together, or has diverged", async () => {
    const { model } = await fit({ dataset, settings });
    const { parameters } = model;
    const weights = parameters.weights.map(() => Number.NaN);
    expect(() => predict({ ...model, parameters: { ...parameters, weights } }, dataset.test.images)).toThrow(
      "the model's weights are not all finite numbers",
    );
    expect(() => predict({ ...model, classNames: ["a", "b"] }, dataset.test.images)).toThrow(
      "the model has 144 weights; expected 96",
    );
  });

  it.each([undefined, null, {}, { parameters: {}, statistics: {}, classNames: [] }])(
    "refuses %j, which is no model",
    (model) => {
      expect(() => predict(model as never, dataset.test.images)).toThrow(
        expect.objectContaining({ code: "BAD_DATA", message: expect.stringMatching(/^the model has no \w+/) }),
      );
    },
  );

  it("no image gives no prediction", async () => {
    const { model } = await fit({ dataset, settings });
    expect(predict(model, new Uint8Array(0))).toEqual({
      labels: new Uint8Array(0),
      probabilities: new Float64Array(0),
    });
  });

  it("refuses other kinds of arrays, and parts of an image", async () => {
    const { model } = await fit({ dataset, settings });
    expect(() => predict(model, new Float32Array(48) as never)).toThrow(
      "images is a Float32Array; expected a Uint8Array",
    );
    expect(() => predict(model, new Uint8Array(50))).toThrow("images has 50 bytes; expected a multiple of 48");
  });
});
