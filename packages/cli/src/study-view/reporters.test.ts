import type { StudyEvent } from "@trainscope/study";
import { type Print, print } from "@trainscope/tui/output";
import { printedBy } from "@trainscope/tui/testing";
import { from, type Observable, throwError } from "rxjs";
import { describe, expect, it } from "vitest";
import { reportStudyJson } from "./json.ts";
import { reportStudyLines } from "./lines.ts";
import {
  at,
  BEGINNING,
  epochsOf,
  recordOf,
  trialEnd,
  trialEvent,
  trialOf,
  wholeTrial,
} from "./testing/study.ts";

const progress = trialEvent(trialOf(1), 10_100, {
  type: "progress",
  epoch: 1,
  batch: 5,
  batches: 100,
  samplesPerSecond: 1000,
  loss: 2,
});
const diverged = { ...recordOf(trialOf(3), null, "diverged"), epochs: [1, 2, 3] };

const study: readonly StudyEvent[] = [
  ...BEGINNING,
  trialEnd(trialOf(0), 10_000, 0.2812, true),
  progress,
  ...wholeTrial(trialOf(1), 10_000, 0.3851),
  ...epochsOf(trialOf(3), 3, 50_000),
  trialEvent(trialOf(3), 53_000, {
    type: "alert",
    level: "error",
    code: "diverged",
    message: "the loss is NaN",
  }),
  at(53_000, { type: "trial:end", trial: "settings-3", record: diverged, reused: false }),
  at(53_000, { type: "study:notice", level: "warning", message: "two\nlines \u001b[2Jof it" }),
  at(53_000, { type: "stage:end", stage: "settings", text: "best on validation: λ = 0, η = 0.001" }),
  at(53_000, { type: "stage:start", stage: "figures" }),
  at(54_000, { type: "stage:progress", stage: "figures", done: 1, steps: 10, text: "curves.svg" }),
  at(55_000, { type: "stage:progress", stage: "figures", done: 10, steps: 10, text: "montage.svg" }),
  at(55_000, { type: "stage:end", stage: "figures", text: "" }),
  at(55_000, { type: "study:end", reason: "completed" }),
];

type Report = (events: Observable<StudyEvent>, print: Print) => Promise<void>;

async function linesOf(report: Report): Promise<string[]> {
  const text = await printedBy(() => report(from(study), print));
  return text.trimEnd().split("\n");
}

describe("study as json", () => {
  it("prints each event as one line, unchanged, but for the progress of trials", async () => {
    const lines = await linesOf(reportStudyJson);
    expect(lines.map((line) => JSON.parse(line))).toEqual(study.filter((event) => event !== progress));
  });
});

describe("study as lines", () => {
  it("has a head, then a line a stage, a trial and a notice, each with per cent, and with the time left where that is known", async () => {
    expect(`\n${(await linesOf(reportStudyLines)).join("\n")}\n`).toMatchInlineSnapshot(`
      "
      data: CIFAR-10 (data_batch_1)
      study: full, seed 0, 2 jobs
      stages: Gradient check: 12 steps, Four settings: 4 trials, Improvements: 16 trials, Figures: 10 steps
        0 % | Gradient check: 12 steps
       10 % | Gradient check: passed | 10.00 s | 1:30 left
       10 % | Four settings: 4 trials | 1:30 left
       20 % | λ = 0, η = 0.1 | 40 epochs | validation accuracy 28.12 % | kept from before | 1:20 left
       30 % | λ = 0, η = 0.001 | 40 epochs | validation accuracy 38.51 % | 40.00 s | 1:52 left
      error: λ = 1, η = 0.001: the loss is NaN
       40 % | λ = 1, η = 0.001 | 3 of 40 epochs, diverged | validation accuracy - | 40.00 s | 2:12 left
      warning: two lines of it
       50 % | Four settings: best on validation: λ = 0, η = 0.001 | 43.00 s | 2:12 left
       50 % | Figures: 10 steps | 2:12 left
       60 % | Figures: done | 2.00 s | 1:55 left
      "
    `);
  });

  it("fails where the stream fails", async () => {
    const failing = throwError(() => new Error("bad data"));
    await expect(reportStudyLines(failing, () => {})).rejects.toThrow("bad data");
    await expect(reportStudyJson(failing, () => {})).rejects.toThrow("bad data");
  });
});
