import type { LabelledImages } from "@trainscope/core";
import { expect, it } from "vitest";
import { decodeBatch } from "./decode.ts";
import { loadStudyFiles } from "./study.ts";
import { batchBytes, temporaryFolder, writeLayout } from "./testing/official.ts";

const RECORDS = 50;
const batch = (number: number) => decodeBatch(batchBytes(number, RECORDS), "batch", RECORDS);

function joined(...parts: LabelledImages[]): LabelledImages {
  return {
    images: Uint8Array.from(parts.flatMap(({ images }) => [...images])),
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
  };
}

it("full: four ways to split the training pictures, one test split, one memory", async () => {
  const folder = await writeLayout(await temporaryFolder(), RECORDS);
  const { assignment, optional, isCifar10 } = await loadStudyFiles(folder, "full", RECORDS);
  expect(isCifar10).toBe(true);
  expect([assignment.train, assignment.validation, assignment.test]).toEqual([batch(0), batch(1), batch(5)]);
  expect([optional?.small.train, optional?.small.validation]).toEqual([batch(0), batch(4)]);
  expect(optional?.large?.train).toEqual(joined(batch(0), batch(1), batch(2), batch(3)));
  expect(optional?.large?.validation).toEqual(batch(4));
  // A fiftieth of 250, the last of data_batch_5.
  expect(optional?.final.validation.labels).toEqual(batch(4).labels.subarray(-5));
  expect(optional?.final.train.labels).toHaveLength(245);
  const memories = [assignment, optional?.small, optional?.large, optional?.final].map(
    (dataset) => dataset?.train.images.buffer,
  );
  expect(new Set(memories).size).toBe(1);
  expect(new Set([assignment, optional?.small, optional?.final].map((dataset) => dataset?.name)).size).toBe(3);
});

it("basic: reads two training files, and needs no others", async () => {
  const folder = await writeLayout(await temporaryFolder(), RECORDS);
  const { assignment, optional } = await loadStudyFiles(folder, "basic", RECORDS);
  expect(optional).toBeNull();
  expect([assignment.train, assignment.validation, assignment.test]).toEqual([batch(0), batch(1), batch(5)]);
});
