import { describe, expect, it } from "vitest";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { checkDataset } from "./dataset.ts";

describe("checkDataset", () => {
  const dataset = createTinyDataset();

  it("takes a dataset that fits together", () => {
    expect(() => checkDataset(dataset)).not.toThrow();
  });

  it("names the split and both numbers where images and labels do not fit", () => {
    const validation = { ...dataset.validation, labels: new Uint8Array(7) };
    expect(() => checkDataset({ ...dataset, validation })).toThrow(
      "tiny, validation split: 1440 bytes of images for 7 labels; expected 336",
    );
  });

  it("names the image whose label is out of range", () => {
    const labels = dataset.test.labels.slice();
    labels[4] = 3;
    expect(() => checkDataset({ ...dataset, test: { ...dataset.test, labels } })).toThrow(
      "test split: label 3 at image 4; expected 0 to 2",
    );
  });

  it("wants something to train on", () => {
    const train = { images: new Uint8Array(0), labels: new Uint8Array(0) };
    expect(() => checkDataset({ ...dataset, train })).toThrow("train split: 0 images; expected at least 1");
  });
});
