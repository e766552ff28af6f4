// A run that was changed on the way, repeated by the command from the events it printed or the controls it kept.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TrainingEvent } from "@trainscope/core/events";
import { describe, expect, it } from "vitest";
import { eventsOf, temporaryFolder, trainscope } from "./support/command.ts";

const quick = ["train", "--data", "sample", "--epochs", "2", "--flip", "0.5", "--schedule", "cosine"];

/** What training came to, whenever and wherever. */
const figuresOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => ("metrics" in event && event.type !== "run:start" ? [event.metrics] : []));

function artifactOf(cwd: string, runId: string, name: string): string {
  return readFileSync(join(cwd, "runs", runId, "artifacts", name), "latin1");
}

describe("train --controls", () => {
  it("repeats a run that was changed by hand, and a run of its events repeats that, to the bit", async () => {
    const cwd = temporaryFolder();
    const live = await trainscope([...quick, "--reporter", "sentences"], {
      cwd,
      // In the midst of the first epoch, at its end, and in the second.
      dialogue: [
        ["", "batch\n"],
        ["Paused", "rate 0.01\nsize 30\nstep\n"],
        ["Paused", "lambda 0.5\nepochs 3\nbatch\n"],
        ["Paused", "size 70\nresume\n"],
      ],
    });
    expect([live.status, live.stderr]).toEqual([0, ""]);
    const controls = /--controls (.*)$/m.exec(live.stdout)?.[1] ?? expect.fail(live.stdout);
    const [liveId = ""] = readdirSync(join(cwd, "runs"));

    const first = await trainscope([...quick, "--reporter", "json", "--controls", controls], { cwd });
    expect([first.status, first.stderr]).toEqual([0, ""]);
    const events = eventsOf(first.stdout);
    const told = events.filter((event) => event.type === "control");
    expect(told.map(({ action, from, to, epoch, batch }) => [action, from, to, epoch, batch])).toEqual([
      ["learningRate", 0.001, 0.01, 1, 1],
      ["batchSize", 100, 30, 1, 1],
      // 100 images, then the other 1900 in batches of 30.
      ["lambda", 0.1, 0.5, 1, 65],
      ["epochs", 2, 3, 1, 65],
      ["batchSize", 30, 70, 2, 1],
    ]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 3 });
    const firstId = events[0]?.runId ?? "";
    for (const name of ["weights.png", "curves.svg"]) {
      expect(artifactOf(cwd, firstId, name)).toBe(artifactOf(cwd, liveId, name));
    }

    writeFileSync(join(cwd, "events.jsonl"), first.stdout);
    const again = await trainscope([...quick, "--reporter", "json", "--controls", "events.jsonl"], { cwd });
    expect(figuresOf(eventsOf(again.stdout))).toEqual(figuresOf(events));
  });

  it("ends with one clear message and status 2 where a run of its settings has no such place", async () => {
    const cwd = temporaryFolder();
    const control = {
      v: 1,
      seq: 1,
      runId: "by-hand",
      time: 0,
      type: "control",
      action: "lambda",
      from: 0.1,
      to: 1,
      epoch: 9,
      batch: 0,
    };
    writeFileSync(join(cwd, "events.jsonl"), JSON.stringify(control));
    const { status, stdout, stderr } = await trainscope([...quick, "--controls", "events.jsonl"], { cwd });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "trainscope: events.jsonl: no lambda at the start of epoch 9: the run has 2 epochs\n" +
        "Train with the settings of the run that the controls were taken from.\n",
    );
    expect(readdirSync(cwd)).toEqual(["events.jsonl"]);
  });
});
