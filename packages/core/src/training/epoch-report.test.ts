import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Control } from "../control/control.ts";
import { isPersisted } from "../events.ts";
import { observeRun, ofType } from "../testing/observed-run.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";

const settings = { epochs: 4, batchSize: 25, learningRate: 0.05, lambda: 0.01 };

/** A clock that goes on a second each time it is read. */
function everySecond(): () => number {
  let time = 0;
  return () => {
    time += 1000;
    return time;
  };
}

describe("after an epoch", () => {
  it("what the model answers to the validation images is told, where it is asked for", async () => {
    const { events } = await observeRun({ settings, now: everySecond(), examine: true });
    const told = events.filter(({ type }) => type === "epoch:end" || type === "examination");
    expect(told.map(({ type }) => type)).toEqual(Array(4).fill(["epoch:end", "examination"]).flat());
    for (const [index, { epoch, split, confusion, mistakes }] of ofType(events, "examination").entries()) {
      expect([epoch, split]).toEqual([index + 1, "validation"]);
      const right = confusion.reduce((sum, row, label) => sum + (row[label] ?? Number.NaN), 0);
      const accuracy = ofType(events, "epoch:end")[index]?.metrics["validation/accuracy"];
      expect(right / 30).toBe(accuracy);
      const { labels } = createTinyDataset().validation;
      for (const mistake of mistakes) expect(mistake.label).toBe(labels[mistake.index]);
    }
    const { events: without, parameters } = await observeRun({ settings });
    expect(ofType(without, "examination")).toEqual([]);
    expect(parameters).toEqual((await observeRun({ settings, examine: true })).parameters);
  });

  it("short epochs are not all examined: the first, the last, and four a second", async () => {
    let time = 0;
    const { events } = await observeRun({
      settings: { ...settings, epochs: 12 },
      examine: true,
      now: () => time,
      onEvent: ({ type }) => {
        if (type === "epoch:start") time += 100;
      },
    });
    expect(ofType(events, "examination").map(({ epoch }) => epoch)).toEqual([1, 4, 7, 10, 12]);
  });

  it("a clock that is set back holds up neither examinations nor plugins' times", async () => {
    let time = 10_000_000;
    const { events } = await observeRun({
      settings: { ...settings, epochs: 6 },
      examine: true,
      now: () => time,
      onEvent(event) {
        if (event.type === "epoch:start") time += event.epoch === 3 ? -5_000_000 : 100;
      },
    });
    expect(ofType(events, "examination").map(({ epoch }) => epoch)).toEqual([1, 3, 6]);
    expect(ofType(events, "plugin:times").map(({ epoch }) => epoch)).toEqual([1, 3, 6]);
  });

  it("each step is examined", async () => {
    const control = new Subject<Control>();
    const { events } = await observeRun({
      settings,
      control,
      examine: true,
      now: () => 0,
      onEvent: ({ type, ...event }) => {
        const isPaused = type === "control" && "action" in event && event.action === "pause";
        if (type === "run:start" || isPaused) control.next({ action: "step" });
      },
    });
    expect(ofType(events, "examination").map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
  });

  it("what plugins have taken is told once a second at most, and after the last epoch", async () => {
    let time = 0;
    const timesOf = async (msAnEpoch: number): Promise<number[]> => {
      const { events } = await observeRun({
        settings,
        now: () => time,
        onEvent: ({ type }) => {
          if (type === "epoch:start") time += msAnEpoch;
        },
      });
      return ofType(events, "plugin:times").map(({ epoch }) => epoch);
    };
    expect(await timesOf(1000)).toEqual([1, 2, 3, 4]);
    expect(await timesOf(400)).toEqual([1, 4]);
    expect(await timesOf(500)).toEqual([1, 3, 4]);
  });

  it("plugins' times are those so far; neither they nor examinations are kept in a log", async () => {
    const { events } = await observeRun({ settings, now: () => 0, examine: true });
    const [first, last] = ofType(events, "plugin:times").map(({ hooks }) =>
      hooks.find(({ plugin, hook }) => plugin === "accuracy" && hook === "result"),
    );
    // Two splits an epoch.
    expect([first?.calls, last?.calls]).toEqual([2, 8]);
    const kept = new Set(events.filter(isPersisted).map(({ type }) => type));
    expect([kept.has("plugin:times"), kept.has("examination")]).toEqual([false, false]);
  });

  it("a teacher's advice comes as an alert, after the figures that it is on", async () => {
    const { events } = await observeRun({ settings: { ...settings, epochs: 30, learningRate: 1e-9 } });
    const alert = events.findIndex(({ type }) => type === "alert");
    expect(events[alert]).toMatchObject({ code: "not-learning" });
    const before = events.slice(0, alert).filter(isPersisted).at(-1);
    expect(before).toMatchObject({ type: "epoch:end" });
  });
});
