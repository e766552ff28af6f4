// A run that was changed on the way, repeated by the command from the events it printed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TrainingEvent } from "@trainscope/core";
import { describe, expect, it } from "vitest";
import { eventsOf, temporaryFolder, trainscope } from "./support/command.ts";

const quick = ["train", "--data", "sample", "--epochs", "2", "--reporter", "json"];

const change = (action: string, to: number | string, epoch: number, batch: number): string =>
  JSON.stringify({
    ...{ v: 1, seq: 1, runId: "by-hand", time: 0, type: "control" },
    ...{ action, from: null, to, epoch, batch },
  });

/** What training came to, whenever and wherever. */
const figuresOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => ("metrics" in event && event.type !== "run:start" ? [event.metrics] : []));

async function trainWith(controls: string) {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "events.jsonl"), controls);
  return await trainscope([...quick, "--controls", "events.jsonl"], { cwd });
}

describe("train --controls", () => {
  it("repeats the changes of a run, and a run of its events repeats it to the bit", async () => {
    const changes = [
      change("learningRate", 0.01, 1, 7),
      change("batchSize", 30, 1, 7),
      change("pause", "paused", 1, 8),
      change("epochs", 3, 2, 0),
    ];
    const first = await trainWith(`${changes.join("\n")}\n`);
    expect([first.status, first.stderr]).toEqual([0, ""]);
    const events = eventsOf(first.stdout);
    expect(events.filter(({ type }) => type === "control")).toMatchObject([
      { action: "learningRate", from: 0.001, to: 0.01, epoch: 1, batch: 7 },
      { action: "batchSize", from: 100, to: 30, epoch: 1, batch: 7 },
      { action: "epochs", from: 2, to: 3, epoch: 2, batch: 0 },
    ]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 3 });

    const again = await trainWith(first.stdout);
    expect(figuresOf(eventsOf(again.stdout))).toEqual(figuresOf(events));
  });

  it.each([
    ["epoch 1/2 | train: loss 1.9\n", "line 1 is no event: epoch 1/2 | train: loss 1.9"],
    [
      `${change("lambda", -1, 1, 0)}\n`,
      "events.jsonl: lambda is -1; expected a number of at least 0, at the start of epoch 1",
    ],
    [`${change("lambda", 1, 9, 0)}\n`, "events.jsonl: no lambda at the start of epoch 9: the run has 2 epochs"],
  ])("ends with one clear message and status 2 where the file says %j", async (controls, reason) => {
    const { status, stdout, stderr } = await trainWith(controls);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^trainscope: /);
    expect(stderr).toContain(reason);
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
  });
});
