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

  it.each<[string, object | null | undefined, string]>([
    ["no object", null, "the dataset is null; expected an object"],
    ["no name", { name: undefined }, "the dataset's name is missing; expected a text"],
    ["no classes", { classNames: [] }, "tiny, classNames: 0 names; expected 1 to 256"],
    ["257 classes", { classNames: Array(257).fill("x") }, "tiny, classNames: 257 names; expected 1 to 256"],
    ["a class that is a number", { classNames: ["a", 1] }, "tiny, classNames[1] is 1; expected a text"],
    [
      "a name twice",
      { classNames: ["a", "b", "a"] },
      'tiny, classNames: two classes are named "a"; expected a name',
    ],
    ["no shape", { shape: undefined }, "tiny, shape is missing; expected an object"],
    [
      "half a pixel",
      { shape: { width: 1.5, height: 4, channels: 3 } },
      "tiny, shape.width is 1.5; expected a whole",
    ],
    ["no split", { test: undefined }, "tiny, test split is missing; expected an object"],
    [
      "floats for bytes",
      { train: { ...dataset.train, images: new Float32Array(60 * 48) } },
      "tiny, train split, images is a Float32Array; expected a Uint8Array",
    ],
    [
      "a list of labels",
      { train: { ...dataset.train, labels: [0, -1, 1.5] } },
      "tiny, train split, labels is an array; expected a Uint8Array",
    ],
  ])("%s is told with place, found and expected", (_, part, message) => {
    const checked = part === null ? part : { ...dataset, ...part };
    expect(() => checkDataset(checked as never)).toThrow(message);
  });

  it("wants something to train on", () => {
    const train = { images: new Uint8Array(0), labels: new Uint8Array(0) };
    expect(() => checkDataset({ ...dataset, train })).toThrow("train split: 0 images; expected at least 1");
  });
});
