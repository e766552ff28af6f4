import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readSource } from "@trainscope/formats";
import { describe, expect, it, onTestFinished } from "vitest";
import { madeUpLogs } from "./made-up-logs.ts";

const docs = join(import.meta.dirname, "../../docs");
const page = readFileSync(join(docs, "watch.md"), "utf8");

/** Of each log, what is on its picture: the axis and some of its curves, with how many points. */
const SHOWN: Readonly<Record<string, readonly [axis: string, series: Readonly<Record<string, number>>]>> = {
  pytorch: ["epoch", { "train/loss": 36, "validation/loss": 36, "validation/accuracy": 36 }],
  keras: ["epoch", { "train/loss": 24, "validation/loss": 24, "validation/accuracy": 24 }],
  lightning: ["step", { "train/loss": 120, "validation/loss": 12, "validation/accuracy": 12 }],
  transformers: ["epoch", { "train/loss": 100, "validation/loss": 9, "validation/accuracy": 9 }],
  nanogpt: ["step", { "train/loss": 8, "validation/loss": 8, "train/iter_loss": 200 }],
  detr: ["epoch", { "train/loss": 40, "test/loss": 40 }],
  xgboost: ["step", { "train/logloss": 90, "validation/logloss": 90 }],
  tensorboard: ["step", { "train/epoch_loss": 60, "validation/epoch_loss": 60 }],
  mlflow: ["step", { "train/loss": 50, "validation/loss": 50, "validation/accuracy": 50 }],
};

describe.each(madeUpLogs())("$name", ({ name, files, source }) => {
  it("comes to the curves that are on its picture", async () => {
    const folder = mkdtempSync(join(tmpdir(), "made-up-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { table } = await readSource(join(folder, source));
    const counts = Object.fromEntries(table.series.map((one) => [one.tag, one.points().xs.length]));
    const [axis, series] = SHOWN[name] ?? [];
    expect(table.axis).toBe(axis);
    expect(counts).toMatchObject(series ?? {});
  });

  it("has its picture in docs/watch.md", () => {
    expect(page).toContain(`(watch/${name}.svg)`);
    expect(existsSync(join(docs, "watch", `${name}.svg`))).toBe(true);
  });
});
