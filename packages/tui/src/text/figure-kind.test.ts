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

  it("knows parts of a loss only where there is their sum", () => {
    expect(figureKind("box_loss", ["box_loss", "cls_loss"])).toBe("result");
    expect(figureKind("loss_box", ["loss_box", "Total_Loss"])).toBe("part");
  });
});

it("ranks losses and scores first, parts after their sum, then rates, and the machine at the end", () => {
  const names = ["n_parameters", "time", "lr", "loss_ce", "cost", "AP", "accuracy", "loss"];
  const rank = (name: string) => figureRank({ name }, figureKind(name, names));
  expect(names.toSorted((one, other) => rank(one) - rank(other))).toEqual([
    ...["loss", "accuracy", "AP", "cost", "loss_ce", "lr", "time", "n_parameters"],
  ]);
});
