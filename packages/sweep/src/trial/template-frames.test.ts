import { describe, expect, it } from "vitest";
import { frameEpochs, templateFrame } from "./template-frames.ts";

describe("template frames", () => {
  it("are of the first and the last epoch and evenly between", () => {
    expect(frameEpochs(3, 20)).toEqual([1, 2, 3]);
    expect(frameEpochs(1, 20)).toEqual([1]);
    const many = frameEpochs(1000, 20);
    expect([many.length, many[0], many.at(-1), new Set(many).size]).toEqual([20, 1, 1000, 20]);
  });

  it("scale each template from its least to its greatest weight, and are grey where there is none", () => {
    const weights = Float32Array.of(-1, 0, 1, 5, 5, 5, 0, Number.NaN, 1);
    const { templates } = templateFrame(2, { classes: 3, inputs: 3, weights, biases: new Float32Array(3) });
    expect([...templates]).toEqual([0, 128, 255, 128, 128, 128, 0, 128, 255]);
  });
});
