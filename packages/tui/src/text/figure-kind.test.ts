import { describe, expect, it } from "vitest";
import { figureKind, figureRank } from "./figure-kind.ts";

describe("figureKind", () => {
  const kind = (name: string) => figureKind(name, ["loss", name]);

  it.each([
    ["loss", "result"],
    ["accuracy", "result"],
    ["class_error", "result"],
    ["mAP50-95", "result"],
    ["grad_norm", "result"],
    ["runtime_loss_free_thing", "part"],
    ["loss_bbox", "part"],
    ["clsLoss", "part"],
    ["cost", "cost"],
    ["lr", "learning rate"],
    ["lr/pg0", "learning rate"],
    ["learning_rate", "learning rate"],
    ["LearningRate", "learning rate"],
    ["time", "machine"],
    ["data_time", "machine"],
    ["eta_seconds", "machine"],
    ["train_samples_per_second", "machine"],
    ["tokens/s", "machine"],
    ["gpu_mem", "machine"],
    ["n_parameters", "constant"],
    ["num_params", "constant"],
  ])("%s is a %s", (name, expected) => {
    expect(kind(name)).toBe(expected);
  });

  it("takes a figure with a number for a part of the one without", () => {
    const names = ["cardinality_error_unscaled", "cardinality_error_0_unscaled", "AP50", "val_2"];
    expect(names.map((name) => figureKind(name, names))).toEqual(["result", "part", "result", "result"]);
  });

  it("knows parts of a loss only where there is their sum", () => {
    expect(figureKind("box_loss", ["box_loss", "cls_loss"])).toBe("result");
    expect(figureKind("loss_box", ["loss_box", "Total_Loss"])).toBe("part");
  });
});

it("ranks losses and scores first, parts after their sum, then rates, and the machine at the end", () => {
  const names = [
    "n_parameters",
    "time",
    "lr",
    "loss_ce",
    "cost",
    "grad_norm",
    "bbox_AP50",
    "class_error",
    "bbox_AP",
    "accuracy",
    "loss",
  ];
  const rank = (name: string) => figureRank({ name }, figureKind(name, names));
  expect(names.toSorted((one, other) => rank(one) - rank(other))).toEqual([
    "loss",
    "accuracy",
    "bbox_AP",
    "class_error",
    "bbox_AP50",
    "grad_norm",
    "cost",
    "loss_ce",
    "lr",
    "time",
    "n_parameters",
  ]);
});
