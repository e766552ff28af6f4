import { expect, it } from "vitest";
import { describeFiles } from "./describe-files.ts";

const file = (name: string, classCountsOf: string | undefined) => ({ file: name, classCountsOf, shared: [] });

it("official files are called so", () => {
  const files = ["data_batch_1.bin", "test_batch.bin"].map((name) => file(name, name));
  expect(describeFiles({ files, isTrainingOfficial: true, isTestOfficial: true })).toEqual([
    "data_batch_1.bin  as many images of each class as published",
    "test_batch.bin    as many images of each class as published",
    "The pixels of the training images have the published means.",
    "The pixels of the test images have the published means.",
    "These are the official files.",
    "",
  ]);
});

it("one in another's place, and a copy, are told by name", () => {
  const copy = {
    ...file("test_batch.bin", "data_batch_1.bin"),
    shared: [{ file: "data_batch_2.bin", images: 10_000 }],
  };
  const files = [file("data_batch_1.bin", "data_batch_2.bin"), file("data_batch_3.bin", undefined), copy];
  expect(describeFiles({ files, isTrainingOfficial: true, isTestOfficial: false })).toEqual([
    "data_batch_1.bin  as many images of each class as the official data_batch_2.bin",
    "data_batch_3.bin  images of each class as in no file of CIFAR-10",
    "test_batch.bin    as many images of each class as the official data_batch_1.bin; 10,000 of its images are in data_batch_2.bin, too",
    "The pixels of the training images have the published means.",
    "The pixels of the test images don't have the published means.",
    "These are not the official files as they are published.",
    "",
  ]);
});
