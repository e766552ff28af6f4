import { type AlertEvent, bestOf } from "@trainscope/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  at,
  BUILT_IN,
  control,
  epochEvents,
  metricInfo,
  progress,
  runStart,
  stateAfter,
  stateOf,
} from "../testing/events.ts";
import { dashboardReducer } from "./reducer.ts";
import { batchFraction, initialState, runFraction } from "./state.ts";

describe("dashboardReducer", () => {
  it("waits until the run starts, and then knows its settings", () => {
    expect(initialState().phase).toBe("waiting");
    const state = stateAfter([at(5, runStart())]);
    expect(state).toMatchObject({
      phase: "training",
      epochs: 40,
      lambda: 0.1,
      learningRate: 0.001,
      startedAt: 5,
    });
  });

  it("follows epochs and batches", () => {
    const state = stateOf(3);
    expect(state).toMatchObject({ epoch: 4, epochs: 40, batch: 50, batches: 100, samplesPerSecond: 312_400 });
    expect(batchFraction(state)).toBe(0.5);
    expect(runFraction(state)).toBeCloseTo(3.5 / 40);
    expect(runFraction(stateAfter([at(0, runStart()), ...epochEvents(40)]))).toBe(1);
  });

  it("keeps the best value of each tag by its metric's direction, the earliest of equals", () => {
    const values = fc.array(fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }), {
      minLength: 1,
      maxLength: 30,
    });
    const metrics = [...BUILT_IN, metricInfo("train", "norm", { direction: "none" })];
    fc.assert(
      fc.property(values, (series) => {
        const events = epochEvents(series.length, (_, epoch) => series[epoch - 1] ?? null, metrics);
        const state = stateAfter([at(0, runStart(metrics)), ...events]);
        for (const { tag, direction, split } of metrics) {
          if (split === "test") continue;
          expect(state.best.get(tag)).toEqual(bestOf(state.history, tag, direction));
          expect(state.newest[tag]).toBe(series.at(-1));
        }
      }),
    );
  });

  it("does work that doesn't grow with the epochs behind it: an epoch adds one value a tag, in place", () => {
    const before = stateOf(100);
    const series = before.history.series.get("train/loss");
    const after = epochEvents(101).slice(-3).reduce(dashboardReducer, before);
    expect(after.history.series.get("train/loss")).toBe(series);
    expect(series?.length).toBe(101);
    expect(after.recorded).toBe(101);
  });

  it("shows what a key asks for at once, and clears it when the trainer answers", () => {
    const asked = dashboardReducer(stateOf(1), { type: "request", action: "pause" });
    expect(asked).toMatchObject({ phase: "training", requested: "pause" });
    const answered = dashboardReducer(asked, at(9000, control("pause")));
    expect(answered).toMatchObject({ phase: "paused", requested: undefined });
  });

  it("goes through pause, step, resume and stop", () => {
    let state = stateOf(1);
    for (const [action, phase] of [
      ["pause", "paused"],
      ["step", "stepping"],
      ["pause", "paused"],
      ["resume", "training"],
      ["stop", "finishing"],
    ] as const) {
      state = dashboardReducer(state, at(9000, control(action)));
      expect(state.phase).toBe(phase);
    }
    state = dashboardReducer(
      state,
      at(9999, {
        type: "run:end",
        reason: "stopped",
        epochs: 1,
        keptEpoch: 1,
        metrics: { "test/loss": 2 },
        plugins: [],
      }),
    );
    expect(state).toMatchObject({ phase: "ended", reason: "stopped" });
    expect(state.newest["test/loss"]).toBe(2);
    expect(state.newest["train/loss"]).toBeCloseTo(2.1);
  });

  it("shows the last report of batches while epochs are too quick to follow, and the exact batch of a pause", () => {
    const quick = Array.from({ length: 5 }, (_, index) => {
      const [start, middle, end] = epochEvents(index + 1).slice(-3);
      return [start, middle, end].flatMap((event, step) =>
        event ? [{ ...event, time: index * 30 + step * 10 }] : [],
      );
    }).flat();
    const state = stateAfter([
      at(0, runStart()),
      ...quick,
      at(140, progress(5, 37)),
      at(150, { type: "epoch:start", epoch: 6, epochs: 40 }),
    ]);
    expect(state).toMatchObject({ epoch: 6, batch: 37 });
    expect(dashboardReducer(state, at(160, control("pause", 6, 12))).batch).toBe(12);
  });

  it("is finishing once an alert says that the run has failed or ends early, and not for a warning", () => {
    const training = dashboardReducer(initialState(), at(0, runStart()));
    const alert = (level: AlertEvent["level"], code: AlertEvent["code"]) =>
      dashboardReducer(training, at(1, { type: "alert", level, code, message: "no" })).phase;
    expect([alert("warning", "engine"), alert("error", "diverged"), alert("info", "early-stop")]).toEqual([
      "training",
      "finishing",
      "finishing",
    ]);
  });

  it("is finishing after the last epoch, all batches done and nothing asked for any more", () => {
    const events = epochEvents(40).map((event, index) => ({ ...event, time: index }));
    const state = stateAfter([
      at(0, runStart()),
      ...events.slice(0, -2),
      at(200, progress(40, 37)),
      { type: "request", action: "pause" },
      ...events.slice(-1),
    ]);
    expect(state).toMatchObject({ phase: "finishing", requested: undefined, batch: 100, batches: 100 });
  });

  it("takes a changed learning rate or weight decay", () => {
    const place = { epoch: 1, batch: 3 };
    const state = stateAfter([
      at(0, runStart()),
      at(1, { type: "control", action: "learningRate", from: 0.001, to: 0.01, ...place }),
      at(2, { type: "control", action: "lambda", from: 0.1, to: 0, ...place }),
    ]);
    expect(state).toMatchObject({ learningRate: 0.01, lambda: 0 });
  });

  it("counts warnings and errors", () => {
    const error = { type: "plugin:error", plugin: "f1", hook: "update", message: "no", failures: 1 } as const;
    const state = stateAfter([
      at(0, runStart()),
      at(1, { type: "alert", level: "warning", code: "diverged", message: "slow" }),
      at(2, { type: "alert", level: "info", code: "diverged", message: "fine" }),
      at(3, { ...error, disabled: false }),
      at(4, progress(1, 3)),
    ]);
    expect(state.problems).toBe(2);
  });
});
