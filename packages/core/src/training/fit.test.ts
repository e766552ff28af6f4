import { expect, it } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { predict } from "../model/classifier.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { fit } from "./fit.ts";

const dataset = createTinyDataset();
const settings = { epochs: 4, batchSize: 20, learningRate: 0.02 };

it("gives the model, its figures and a curve for each of them", async () => {
  const { model, metrics, history } = await fit({ dataset, settings });
  expect(model).toMatchObject({ classNames: dataset.classNames, shape: dataset.shape, loss: "softmax" });
  expect(model.parameters.weights).toHaveLength(3 * 48);
  expect(history.series.get("validation/loss")?.values).toHaveLength(4);
  expect(history.series.get("validation/loss")?.values.at(-1)).toBe(metrics["validation/loss"]);
});

it("without validation and test it trains all the same", async () => {
  const { name, classNames, shape, train } = dataset;
  const { metrics, model } = await fit({ dataset: { name, classNames, shape, train }, settings });
  expect(metrics["train/accuracy"]).toBeGreaterThan(0.5);
  expect(metrics["validation/loss"] ?? null).toBe(null);
  expect(predict(model, train.images).labels).toHaveLength(60);
});

it("keep: best gives the model of the best epoch, standing still once training is over", async () => {
  const wild = { epochs: 6, batchSize: 5, learningRate: 0.5, keep: "best" as const };
  const { model, metrics, history } = await fit({ dataset, settings: wild });
  const losses = history.series.get("validation/loss")?.values ?? [];
  expect(metrics["validation/loss"]).toBe(Math.min(...losses.map((loss) => loss ?? Number.POSITIVE_INFINITY)));
  const before = model.parameters.weights.slice();
  await fit({ dataset, settings });
  expect(model.parameters.weights).toEqual(before);
});

it("rejects where the run diverged or failed, with the reason", async () => {
  await expect(fit({ dataset, settings: { ...settings, learningRate: 1e300 } })).rejects.toMatchObject({
    code: "RUN_FAILED",
    message: expect.stringMatching(/^the run diverged after \d epochs: the loss is not finite/),
  });
  const broken = async (setup: Parameters<typeof createReferenceEngine>[0]): Promise<Engine> => ({
    ...(await createReferenceEngine(setup)),
    trainBatches: () => Promise.reject(new Error("no power")),
  });
  await expect(fit({ dataset, settings, engine: broken })).rejects.toMatchObject({
    code: "RUN_FAILED",
    message: "the run failed after 0 epochs: no power",
  });
  await expect(fit({ dataset, settings: { epochs: 0 } })).rejects.toMatchObject({ code: "BAD_OPTION" });
});
