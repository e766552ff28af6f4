import { describe, expect, it } from "vitest";
import { classCounts, pickPerClass } from "./classes.ts";

const split = { images: new Uint8Array(0), labels: Uint8Array.of(2, 0, 2, 2, 0, 3) };

describe("classCounts", () => {
  it("counts every class, those without pictures too", () => {
    expect(classCounts(split, 5)).toEqual([2, 0, 3, 1, 0]);
  });
});

describe("pickPerClass", () => {
  it("gives the first pictures of each class, in order, and fewer where there are fewer", () => {
    expect(pickPerClass(split, 4, 2)).toEqual([[1, 4], [], [0, 2], [5]]);
  });
});
