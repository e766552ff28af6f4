import type { MetricInfo, TrainingEvent } from "@trainscope/core/events";
import { at, control, epochEvents, point, progress, runStart, stepEvents } from "@trainscope/core/testing";
import { from } from "rxjs";
import { describe, expect, it } from "vitest";
import { print } from "../output/print.ts";
import { printedBy } from "../output/testing/printed.ts";
import { reportJson } from "./json.ts";
import { linesOf, reportLines } from "./lines.ts";
import { Summary } from "./summary.ts";

const run: readonly TrainingEvent[] = [
  at(0, runStart()),
  at(0, progress(1, 2)),
  ...epochEvents(2),
  at(2003, control("pause", 2, 40)),
  at(2004, { type: "alert", level: "warning", code: "failed", message: "two\nlines \x1b[2Jof it" }),
  at(2005, { type: "artifact", plugin: "curves", kind: "curves", title: "Curves", path: "runs/a/curves.png" }),
  at(90_000, {
    type: "run:end",
    reason: "stopped",
    epochs: 2,
    keptEpoch: 2,
    metrics: { "test/loss": 1.75, "test/accuracy": 0.3894 },
    plugins: [],
  }),
];

/** A run that ended early, and went back to its best epoch. */
const early: readonly TrainingEvent[] = [
  at(0, { ...runStart(), config: { ...runStart().config, patience: 2, keep: "best", noise: 8 } }),
  ...epochEvents(5),
  at(6000, { type: "alert", level: "info", code: "early-stop", message: "no better for 2 epochs" }),
  at(7000, { type: "run:end", reason: "early-stop", epochs: 5, keptEpoch: 3, metrics: {}, plugins: [] }),
];

async function linesPrintedBy(report: () => Promise<void>): Promise<string[]> {
  return (await printedBy(report)).trimEnd().split("\n");
}

describe("json reporter", () => {
  it("prints each event but progress as one line, unchanged", async () => {
    const lines = await linesPrintedBy(() => reportJson(from(run), print));
    expect(lines.map((line) => JSON.parse(line))).toEqual(run.filter(({ type }) => type !== "progress"));
  });
});

describe("line reporter", () => {
  it("tells a point's own figures, and of training alone one line a second", async () => {
    const fast = [1, 2, 3].map((x) => point(1000 + x, { "train/loss": x }, 500_000 + 300 * x));
    const events = from([...stepEvents(250, "test"), ...fast]);
    const lines = await linesPrintedBy(() => reportLines(events, print, new Map()));
    expect(lines.slice(-3)).toEqual([
      "step 250 | train: loss 2.4000",
      "step 250 | test: loss 2.9000",
      "step 1001 | train: loss 1.0000",
    ]);
  });

  it("tells data, settings and engine, each epoch, and what is worth knowing, on clean lines", async () => {
    const lines = await linesPrintedBy(() => reportLines(from(run), print, new Map()));
    expect(lines[0]).toMatch(/^data: CIFAR-10 \(data_batch_1\) \(10,000 train/);
    expect(lines[1]).toMatch(/^settings: loss softmax, lambda/);
    expect(lines[2]).toMatch(/^engine: /);
    expect(lines.filter((line) => /^epoch +\d/.test(line))).toHaveLength(2);
    expect(lines).toContain("paused in epoch 2, after batch 40");
    expect(lines.at(-1)).toBe("warning: two lines of it");
  });

  it("tells the settings that differ from the default, and why a run ended early", () => {
    const lines = early.flatMap((event) => linesOf(event, [], new Map()));
    expect(lines[1]).toBe(
      "settings: loss softmax, lambda 0.1, eta 0.001, batch 100, epochs 40, seed 42, noise 8, patience 2, keep best",
    );
    expect(lines.at(-1)).toBe("no better for 2 epochs");
  });

  it("fails where the stream fails", async () => {
    const { throwError } = await import("rxjs");
    const failing = throwError(() => new Error("bad data"));
    await expect(reportLines(failing, () => {}, new Map())).rejects.toThrow("bad data");
    await expect(reportJson(failing, () => {})).rejects.toThrow("bad data");
  });
});

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

describe("summary", () => {
  const log = "runs/a/events.jsonl";

  it("counts the time from event to event: neither what lies between processes, nor a clock that is set back", () => {
    const environment = { engine: "wasm", precision: "float32", threads: 1 } as const;
    const moved = run.map((event, i) => ({ ...event, time: event.time - (i > 4 ? 3_600_000 : 0) }));
    const resumed = [
      ...moved.slice(0, -1),
      at(50_000_000, { type: "run:resume", epoch: 2, batch: 40, environment }),
    ];
    const summary = new Summary();
    const end = { ...(moved.at(-1) as TrainingEvent), time: 50_005_000 };
    for (const event of [...resumed, end]) summary.add(event);
    expect(summary.lines(new Map(), log)[1]).toMatch(/epochs in 0:07,/);
  });

  it("has the reason, the time, the data, test figures, alerts and every path", () => {
    const summary = new Summary();
    for (const event of run) summary.add(event);
    const formats = new Map([["accuracy", (value: number) => `${value} of 1`]]);
    const text = textOf(summary.lines(formats, log));
    expect(text).toMatch(/Stopped after 2 of \d+ epochs in 1:30, on CIFAR-10 \(data_batch_1\)\./);
    expect(text).toMatch(/test loss +1\.7500/);
    expect(text).toMatch(/test accuracy +0\.3894 of 1/);
    expect(text).toMatch(/best validation accuracy .* after epoch \d/);
    expect(text).toContain("Written:\n  runs/a/curves.png\n  runs/a/events.jsonl\n");
    expect(text).not.toContain("--controls");
  });

  it("of a metric with a figure for each of many classes it has the lowest and the highest", () => {
    const infos = Array.from({ length: 100 }, (_, k): MetricInfo => {
      const name = `recall/place ${k}`;
      return {
        tag: `test/${name}`,
        name,
        split: "test",
        direction: "max",
        unit: "fraction",
        display: { chart: false },
      };
    });
    const figures = Object.fromEntries(
      infos.map(({ tag }, k) => [tag, k === 0 ? null : ((7 * k) % 100) / 100]),
    );
    const summary = new Summary();
    summary.add(at(0, { ...runStart(), metrics: infos }));
    summary.add(
      at(1, { type: "run:end", reason: "completed", epochs: 1, keptEpoch: 1, metrics: figures, plugins: [] }),
    );
    const told = summary.lines(new Map(), log).filter((line) => line.includes("recall"));
    expect(told).toEqual(["  test recall       1.00 % (place 43) to 99.00 % (place 57), 100 in all"]);
  });

  it("says why a run ended early, and which epoch's parameters it kept", () => {
    const summary = new Summary();
    for (const event of early) summary.add(event);
    const text = textOf(summary.lines(new Map(), log));
    expect(text).toContain("Stopped early after 5 of 40 epochs");
    expect(text).toContain("info: no better for 2 epochs");
    expect(text).toContain("  kept the parameters of epoch 3, the best by validation/loss\n");
  });

  it("has the number of epochs that was in force at the end, and each path once", () => {
    const summary = new Summary();
    const more = { type: "control", action: "epochs", from: 40, to: 60, epoch: 1, batch: 0 } as const;
    const place = { epoch: 1, batch: 0, path: "runs/a/checkpoints/one.safetensors" };
    const saved = { type: "checkpoint", ...place, reason: "asked", best: false } as const;
    for (const event of [at(0, runStart()), at(1, more), at(2, saved), at(3, saved), ...run.slice(1)]) {
      summary.add(event);
    }
    const text = textOf(summary.lines(new Map(), log));
    expect(text).toContain("Stopped after 2 of 60 epochs");
    expect(text).toContain(
      "Written:\n  runs/a/checkpoints\n  runs/a/curves.png\n  runs/a/events.jsonl\n" +
        "It goes on with trainscope train --resume runs/a\nIts changes are repeated by the same command with --controls runs/a/events.jsonl\n",
    );
  });

  it("is empty before the run has ended", () => {
    const summary = new Summary();
    summary.add(at(0, runStart()));
    expect([summary.end, summary.lines(new Map(), log)]).toEqual([undefined, []]);
  });
});
