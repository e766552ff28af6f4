import { createTinyDataset } from "@trainscope/core/testing";
import { expect, it } from "vitest";
import { callForData } from "./configured-data.ts";
import { chooseDataset } from "./dataset.ts";

const part = { trainOn: "batch1", labels: "fine" } as const;

it("a function's dataset is taken as it is, with the splits that it lacks as empty ones", async () => {
  const { name, classNames, shape, train } = createTinyDataset();
  const { dataset, found } = await chooseDataset(async () => ({ name, classNames, shape, train }), part);
  expect(dataset.train.labels).toEqual(train.labels);
  expect([dataset.validation.labels.length, dataset.test.labels.length, found]).toEqual([0, 0, undefined]);
});

it("one that throws, and what is no dataset, are told as the configuration's", async () => {
  const broken = () => {
    throw new Error("no such table");
  };
  await expect(callForData(broken)).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: expect.stringMatching(
      /^the configuration's data\(\) threw \(.*configured-data\.test\.ts:\d+\): no such table$/,
    ),
  });
  await expect(callForData(() => undefined as never)).rejects.toMatchObject({
    code: "BAD_DATA",
    message: expect.stringContaining("what the configuration's data() gave is no dataset: the dataset is"),
  });
  const features = { name: "rows", classNames: ["a"], train: { features: [[1]], labels: [0] } };
  await expect(callForData(() => features as never)).rejects.toMatchObject({
    code: "NOT_SUPPORTED",
    message: "what the configuration's data() gave has features; a run of the command trains on images",
  });
  const classNames = Array.from({ length: 257 }, (_, k) => `class ${k}`);
  await expect(callForData(() => ({ ...createTinyDataset(), classNames }))).rejects.toThrow(
    "classNames: 257 names; expected 1 to 256",
  );
});
