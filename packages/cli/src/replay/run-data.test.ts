import { createHash } from "node:crypto";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import { createSample } from "@trainscope/data-cifar";
import { createRunRecord } from "@trainscope/runs/record";
import { expect, it } from "vitest";
import { CONFIGURED } from "../input/configured-data.ts";
import { findRunData } from "./run-data.ts";

const dataset = createSample();
const record = createRunRecord({
  runId: "run",
  settings: DEFAULT_SETTINGS,
  dataset,
  source: "sample",
  part: { trainOn: "batch1", labels: "fine" },
  version: "1.2.3",
  engine: "wasm",
  threads: 1,
  modules: { config: null, plugins: [], metrics: [], pictures: true },
  script: [],
});

it("finds the images where the run had them from", async () => {
  const data = await findRunData(record);
  expect("dataset" in data && data.dataset.validation.labels).toEqual(dataset.validation.labels);
});

it("has them from the configuration's data() where the run had, which another's data() doesn't stand for", async () => {
  const configured = { ...record, data: { ...record.data, source: CONFIGURED } };
  const data = await findRunData(configured, () => dataset);
  expect("dataset" in data && data.dataset.validation.labels).toEqual(dataset.validation.labels);
  const other = { ...dataset, train: dataset.validation };
  expect(await findRunData(configured, () => other)).toMatchObject({
    lacking: expect.stringContaining("aren't this run's"),
  });
  expect(await findRunData(configured)).toMatchObject({
    details: expect.stringContaining("came from a configuration's data(), which isn't there"),
  });
});

it.each(["train", "validation"] as const)("takes no other %s images for the run's own", async (split) => {
  const sha256 = { ...record.data.sha256, [split]: createHash("sha256").update("other").digest("hex") };
  expect(await findRunData({ ...record, data: { ...record.data, sha256 } })).toEqual({
    lacking: "the images that are at hand aren't this run's: name its own with --data",
  });
});

it("says where they are missing, and where nobody knows which they were", async () => {
  const moved = { ...record, data: { ...record.data, name: "CIFAR-10", source: "/nowhere/at/all" } };
  expect(await findRunData(moved)).toEqual({
    lacking: "CIFAR-10 is not at hand: name its folder with --data",
    details: expect.stringContaining("/nowhere/at/all"),
    stack: expect.stringContaining("recorded-data"),
  });
  expect(await findRunData(undefined)).toEqual({
    lacking: "run.json doesn't tell which images it was trained on",
  });
});
