import { describe, expect, it } from "vitest";
import { describeFigure, describeFigures } from "./describe-figure.ts";

describe("what a tag and its first values say of a figure", () => {
  it.each([
    ["validation/accuracy", [0.2, 0.9], "max", "fraction"],
    ["validation/accuracy", [20, 90], "max", "%"],
    ["test/coco_eval_bbox_AP50", [0.1, 0.4], "max", "fraction"],
    ["test/coco_eval_bbox_AR100", [0.1, 0.4], "max", "fraction"],
    ["test/coco_eval_segm_ARs", [0.1], "max", "fraction"],
    ["train/arc_length", [0.5], "none", null],
    ["train/loss", [2], "min", null],
  ] as const)("%s of %j", (tag, values, direction, unit) => {
    expect(describeFigure(tag, values)).toMatchObject({ tag, direction, unit, display: {} });
  });

  it.each([
    ["train/samples_per_second", "samples/s"],
    ["train/tokens_per_second_per_gpu", "tokens/s"],
    ["train/imgs_per_sec", "images/s"],
    ["train/it_s", "steps/s"],
    ["train/wps", "tokens/s"],
    ["train/gpu_mem", null],
  ])("%s is measured in %s", (tag, unit) => {
    expect(describeFigure(tag, [12])).toMatchObject({ direction: "none", unit, display: { chart: false } });
  });

  it("what tells of the machine has no chart", () => {
    const points = [{ values: [["train/loss", null]] as const, machine: [["train/gpu_mem", 7]] as const }];
    expect(describeFigures(points)).toMatchObject([
      { tag: "train/loss", display: {} },
      { tag: "train/gpu_mem", display: { chart: false } },
    ]);
  });
});
