import { describe, expect, it } from "vitest";
import { completeFeatures, type FeatureDataset, flatten } from "./features.ts";
import { hasFeatures } from "./has-features.ts";

const dataset: FeatureDataset = {
  name: "iris",
  classNames: ["setosa", "versicolor"],
  train: {
    features: [
      [5.1, 3.5, 1.4],
      [6.4, 3.2, 4.5],
    ],
    labels: [0, 1],
  },
};

it("images with features that are left open are images", () => {
  const images = { images: new Uint8Array(3), labels: [0], features: undefined };
  expect(hasFeatures({ ...dataset, train: images } as never)).toBe(false);
  expect(hasFeatures(dataset)).toBe(true);
});

describe("completeFeatures", () => {
  it("lays a list of rows out as one array, a row of so many numbers, and fills in what is left out", () => {
    expect(completeFeatures(dataset)).toEqual({
      name: "iris",
      classNames: ["setosa", "versicolor"],
      shape: { width: 3, height: 1, channels: 1 },
      train: { images: Float64Array.of(5.1, 3.5, 1.4, 6.4, 3.2, 4.5), labels: Uint8Array.of(0, 1) },
      validation: { images: new Float64Array(0), labels: new Uint8Array(0) },
      test: { images: new Float64Array(0), labels: new Uint8Array(0) },
    });
  });

  it("takes one array of all numbers as it is, without a copy, and rows that are arrays of any kind", () => {
    const features = Float32Array.of(1, 2, 3, 4, 5, 6);
    const rows = [Uint8Array.of(1, 2, 3), Float32Array.of(4, 5, 6)];
    const { train, validation } = completeFeatures({
      ...dataset,
      train: { features, labels: Int32Array.of(1, 0) },
      validation: { features: rows, labels: [1, 1] },
    });
    expect(train.images).toBe(features);
    expect(validation.images).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
  });

  it("keeps a shape that is given: pixels of any size", () => {
    const shape = { width: 1, height: 3, channels: 1 };
    expect(completeFeatures({ ...dataset, shape }).shape).toEqual(shape);
  });

  const train = (part: object) => ({ train: { ...dataset.train, ...part } });
  it.each<[string, object, string]>([
    [
      "a longer row",
      train({ features: [[1, 2], [3]] }),
      "iris, train split, features[1]: 1 numbers; expected 2",
    ],
    ["a row that is none", train({ features: [[1], 2] }), "train split, features[1] is 2; expected a row"],
    ["a text", train({ features: [[1], ["2"]] }), 'features[1][0] is "2"; expected a number'],
    ["a hole", train({ features: [[1], new Array(1)] }), "features[1][0] is missing; expected a number"],
    ["a missing row", train({ features: [[1], undefined] }), "features[1] is missing; expected a row"],
    ["NaN", train({ features: [[1], [Number.NaN]] }), "features[1][0] is NaN; expected a finite number"],
    ["infinity", train({ features: Float32Array.of(1, 2, 3, Infinity) }), "features[1][1] is Infinity"],
    ["no rows", train({ features: [], labels: [] }), "iris, train split: no row of at least one number"],
    ["an empty array", train({ features: new Float64Array(0), labels: [] }), "no row of at least one number"],
    ["rows of nothing", train({ features: [[], []] }), "no row of at least one number"],
    ["bytes", train({ features: Uint8Array.of(1, 2) }), "features is a Uint8Array; expected a list of rows"],
    ["a text for rows", train({ features: "1,2" }), 'features is "1,2"; expected a list of rows'],
    ["too few labels", train({ labels: [0] }), "6 numbers for 1 labels; expected 3, 3 a row"],
    [
      "half a row",
      train({ features: Float32Array.of(1, 2, 3) }),
      "3 numbers for 2 labels; expected 2, 1 a row",
    ],
    ["no labels", train({ labels: undefined }), "train split, labels is missing; expected a list"],
    ["a negative label", train({ labels: [0, -1] }), "labels[1] is -1; expected a whole number, 0 to 1"],
    ["half a label", train({ labels: [0.5, 1] }), "labels[0] is 0.5; expected a whole number, 0 to 1"],
    [
      "a label beyond the classes",
      train({ labels: [0, 2] }),
      "labels[1] is 2; expected a whole number, 0 to 1",
    ],
    ["a label that is a text", train({ labels: [0, "1"] }), 'labels[1] is "1"; expected a whole number'],
    ["a big label", train({ labels: BigInt64Array.of(0n, 1n) }), "labels[0] is 0; expected a whole number"],
    [
      "a shape of another size",
      { shape: { width: 2, height: 1, channels: 1 } },
      "features[0]: 3 numbers; expected 2",
    ],
    ["no name", { name: 5 }, "the dataset's name is 5; expected a text"],
    [
      "a validation split of another width",
      { validation: { features: [[1]], labels: [0] } },
      "validation split, features[0]: 1 numbers; expected 3",
    ],
    [
      "images in validation",
      { validation: { images: Uint8Array.of(1, 2, 3), labels: [0] } },
      'validation split: unknown field "images"; expected features, labels',
    ],
    ["a split that is null", { validation: 7 }, "validation split is 7; expected an object"],
  ])("%s is refused with place, found and expected", (_, part, message) => {
    expect(() => completeFeatures({ ...dataset, ...part } as never)).toThrow(
      expect.objectContaining({ code: "BAD_DATA", message: expect.stringContaining(message) }),
    );
  });
});

it("flatten refuses what squares beyond all numbers", () => {
  expect(() => flatten("features", [[1e151]], 1)).toThrow("features[0][0] is 1e+151; expected a finite number");
});
