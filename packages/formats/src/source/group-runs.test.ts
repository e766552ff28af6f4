import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatNamed } from "../formats.ts";
import { groupRuns, runName } from "./group-runs.ts";

describe("groupRuns", () => {
  it("one run are TensorBoard's files of a folder and of its splits, and MLflow's metrics of a run", () => {
    const [board, flow, csv, text] = ["tensorboard", "mlflow", "csv", "text"].map(formatNamed);
    const log = (path: string, format = csv, group = "", modified = 0) => ({
      path: join("logs", path),
      group,
      modified,
      format: format ?? formatNamed("csv"),
    });
    const runs = groupRuns("/home/me/logs", [
      log("a/console.log", text, "a", 10),
      log("c/console.log", text, "c", 10),
      log("a/train/events.out.tfevents.1", board, "a/train", 9),
      log("m/metrics/loss", flow, "m", 8),
      log("a/val/events.out.tfevents.1", board, "a/val", 7),
      log("b/events.out.tfevents.1", board, "b", 6),
      log("a/one.csv", csv, "a", 5),
      log("m/metrics/acc", flow, "m", 4),
      log("train/events.out.tfevents.2", board, "train", 3),
      log("events.out.tfevents.2", board, "", 2),
    ]);
    expect(
      runs.map(({ name, modified, files }) => [name, modified, ...files.map(({ split }) => split)]),
    ).toEqual([
      ["c", 10, undefined],
      ["a", 9, "train", "validation"],
      ["m", 8, undefined, undefined],
      ["b", 6, undefined],
      ["one", 5, undefined],
      ["me", 3, undefined, "train"],
    ]);
    expect(runs[2]?.files.map(({ path }) => path)).toEqual(["logs/m/metrics/acc", "logs/m/metrics/loss"]);
  });
});

it.each([
  ["/home/me/resnet.csv", "resnet"],
  ["/home/me/deit_b/log.txt", "deit_b"],
  ["/home/me/exp/train/weights/results.csv", "weights"],
  ["/home/me/exp/vis_data/scalars.json", "exp"],
  ["/home/me/version_3/events.out.tfevents.17.host.1", "version_3"],
  ["/home/me/checkpoint-500/trainer_state.json", "checkpoint-500"],
  ["/log.txt", "log"],
])("the run of %s is called %s", (path, name) => {
  expect(runName(path)).toBe(name);
});
