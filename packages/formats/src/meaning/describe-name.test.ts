import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeName } from "./describe-name.ts";

describe("describeName", () => {
  it.each([
    ["train/loss", "train", "loss"],
    ["loss", undefined, "loss"],
    ["val_loss", "validation", "loss"],
    ["val/acc", "validation", "accuracy"],
    ["Loss/train", "train", "loss"],
    ["loss_val", "validation", "loss"],
    ["epoch_val_acc", "validation", "epoch_acc"],
    ["eval-f1", "validation", "f1"],
    ["valid.top5_acc", "validation", "top5_acc"],
    ["validation_0-mlogloss", "validation", "mlogloss"],
    ["valid_1's l2", "validation", "1/l2"],
    ["training's auc", "train", "auc"],
    ["fold0/train/loss", "train", "fold0/loss"],
    ["coco_2017_val/bbox/AP", "validation", "coco_2017/bbox/AP"],
    ["metrics/mAP50-95(B)", undefined, "mAP50-95(B)"],
    ["Average loss", undefined, "loss"],
    ["test_coco_eval_bbox_AP", "test", "coco_eval_bbox_AP"],
    ["validated", undefined, "validated"],
    ["val", "validation", "val"],
    ["acc/count", undefined, "acc/count"],
    ["reward/trial", undefined, "reward/trial"],
    ["val/recall/images", "validation", "recall/images"],
    ["AP/labels", undefined, "AP/labels"],
    ["grad/clip", undefined, "grad/clip"],
    ["val_jaccard_index", "validation", "jaccard_index"],
  ])("%s", (raw, split, name) => {
    expect(describeName(raw)).toMatchObject({ kind: "value", role: "figure", split, name });
  });

  it.each([
    ["epoch", "epoch"],
    ["trainer/global_step", "step"],
    ["train_num_updates", "step"],
    ["_step", "step"],
    ["current_steps", "step"],
    ["total_steps", "steps"],
    ["batch_idx", "batch"],
  ])("%s counts", (raw, counter) => {
    expect(describeName(raw)).toMatchObject({ kind: "counter", counter });
  });

  it.each([
    ["lr", "learningRate"],
    ["lr-Adam/pg1", "learningRate"],
    ["x/lr0", "learningRate"],
    ["learning_rate", "learningRate"],
    ["train_wall", "time"],
    ["eval_runtime", "time"],
    ["_timestamp", "time"],
    ["eta_seconds", "time"],
    ["memory", "machine"],
    ["eval_samples_per_second", "machine"],
    ["wps", "machine"],
    ["n_parameters", "setting"],
    ["config/n_estimators", "setting"],
    ["percentage", "bookkeeping"],
    ["curr_best_record_id", "bookkeeping"],
    ["dataloader_index", "bookkeeping"],
    ["misc/serial_timesteps", "bookkeeping"],
    ["info/learner/num_grad_updates_lifetime", "bookkeeping"],
    ["train/misc/samples", "bookkeeping"],
  ])("%s is no figure", (raw, role) => {
    expect(describeName(raw)).toMatchObject({ kind: "value", role });
  });

  it("what is only measured on data held out is the validation's where nothing says otherwise", () => {
    for (const raw of ["bbox/AP50", "mAP", "mIoU", "bleu4", "metrics/precision(B)"]) {
      expect(describeName(raw)).toMatchObject({ usually: "validation" });
    }
    expect(describeName("accuracy")).toMatchObject({ usually: "train" });
  });

  it("gives a name to whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (raw) => {
        const meaning = describeName(raw);
        expect(meaning.kind === "counter" || meaning.name.length > 0).toBe(true);
      }),
      { seed: 1 },
    );
  });
});
