import type { AlertEvent } from "@trainscope/core/events";
import { bestOf } from "@trainscope/core/history";
import { at, BUILT_IN, control, epochEvents, metricInfo, progress, runStart } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { change, stateAfter, stateOf } from "../testing/events.ts";
import { addToDashboard } from "./add-event.ts";
import { metricCell } from "./metrics.ts";
import { batchFraction, initialState, runFraction, settingNow, wantedPhase } from "./state.ts";

describe("addToDashboard", () => {
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
          const info = metrics.find((one) => one.tag === tag);
          expect(metricCell(state, info)?.best).toEqual(bestOf(state.history, tag, direction));
          expect(state.newest[tag]).toBe(series.at(-1));
        }
      }),
    );
  });

  it("a value that was told anew is the best no more", () => {
    const point = (seq: number, x: number, loss: number) =>
      at(seq, { type: "point", x, metrics: { "train/loss": loss } });
    const info = BUILT_IN.find(({ tag }) => tag === "train/loss");
    const before = stateAfter([at(0, runStart()), point(1, 1, 0.5), point(2, 2, 0.1)]);
    expect(metricCell(before, info)?.best).toEqual({ x: 2, value: 0.1 });
    const after = addToDashboard(before, point(3, 2, 0.9));
    expect(metricCell(after, info)?.best).toEqual({ x: 1, value: 0.5 });
  });

  it("does work that doesn't grow with the epochs behind it: an epoch adds one value a tag, in place", () => {
    const before = stateOf(100);
    const series = before.history.series.get("train/loss")?.values;
    const after = epochEvents(101).slice(-3).reduce(addToDashboard, before);
    expect(after.history.series.get("train/loss")?.values).toBe(series);
    expect(series).toHaveLength(101);
    expect(after.recorded).toBe(101);
  });

  it("shows what a key asks for at once, and clears it when the trainer answers", () => {
    const asked = addToDashboard(stateOf(1), { type: "request", control: { action: "pause" } });
    expect(asked).toMatchObject({ phase: "training", requested: "pause" });
    const answered = addToDashboard(asked, at(9000, control("pause")));
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
      state = addToDashboard(state, at(9000, control(action)));
      expect(state.phase).toBe(phase);
    }
    state = addToDashboard(
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

  it("takes the newest of points in place, and nothing that an epoch has told with it", () => {
    const state = stateOf(1);
    const end = epochEvents(1).findLast(({ type }) => type === "epoch:end");
    const told = structuredClone(end);
    if (end === undefined) throw new Error("no epoch has ended");
    const after = [end, at(9, { type: "point", x: 2, metrics: { "train/loss": 7 } })].reduce(
      addToDashboard,
      state,
    );
    expect(after.newest).toMatchObject({ "train/loss": 7 });
    expect(end).toEqual(told);
    const next = addToDashboard(after, at(10, { type: "point", x: 2, metrics: { "train/norm": 1 } }));
    expect(next.newest).toBe(after.newest);
    expect(next.newest).toMatchObject({ "train/loss": 7, "train/norm": 1 });
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
    expect(addToDashboard(state, at(160, control("pause", 6, 12))).batch).toBe(12);
  });

  it("is finishing once an alert says that the run has failed or ends early, and not for a warning", () => {
    const training = addToDashboard(initialState(), at(0, runStart()));
    const alert = (level: AlertEvent["level"], code: AlertEvent["code"]) =>
      addToDashboard(training, at(1, { type: "alert", level, code, message: "no" })).phase;
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
      { type: "request", control: { action: "pause" } },
      ...events.slice(-1),
    ]);
    expect(state).toMatchObject({ phase: "finishing", requested: undefined, batch: 100, batches: 100 });
  });

  it("takes every setting that is changed, and keeps the changes", () => {
    const state = stateAfter([
      at(0, runStart()),
      at(1, change("learningRate", 0.001, 0.01)),
      at(2, change("lambda", 0.1, 0)),
      at(3, change("batchSize", 100, 50)),
      at(4, change("epochs", 40, 60)),
    ]);
    expect(state).toMatchObject({ learningRate: 0.01, lambda: 0, batchSize: 50, epochs: 60 });
    expect(state.controls.map(({ to }) => to)).toEqual([0.01, 0, 50, 60]);
    expect(runFraction({ ...state, epoch: 30 })).toBe(0.5);
  });

  it("tells the rate that was set from the one that the schedule makes of it", () => {
    const [start, middle, end] = epochEvents(1);
    const state = stateAfter(
      [at(0, runStart()), start, middle, end && { ...end, learningRate: 0.0004 }].filter(
        (event) => event !== undefined,
      ),
    );
    expect(state.learningRate).toBe(0.0004);
    expect(settingNow(state, "learningRate")).toBe(0.001);
  });

  it("shows a change that was asked for until it is made, and drops one that never is", () => {
    const asked = stateAfter([
      at(0, runStart()),
      { type: "request", control: { action: "lambda", to: 0.5 } },
      { type: "request", control: { action: "epochs", to: 50 } },
    ]);
    expect(asked.asked).toEqual({ lambda: 0.5, epochs: 50 });
    const answered = addToDashboard(asked, at(1, change("lambda", 0.1, 0.5)));
    expect(answered.asked).toEqual({ epochs: 50 });
    const later = addToDashboard(answered, at(2, { type: "epoch:start", epoch: 2, epochs: 40 }));
    expect(later.asked).toEqual({});
    const refusal = at(2, { type: "alert", level: "warning", code: "control", message: "no" });
    expect(addToDashboard(answered, refusal).asked).toEqual({});
  });

  it("goes on where more epochs were asked for as the last one ended", () => {
    const ended = stateAfter([at(0, runStart()), ...epochEvents(40), at(40_500, change("epochs", 40, 50))]);
    const state = addToDashboard(ended, at(41_000, { type: "epoch:start", epoch: 41, epochs: 50 }));
    expect(state).toMatchObject({ phase: "training", epoch: 41, epochs: 50 });
  });

  it("a pause asked for is still shown when a change is asked for after it", () => {
    const state = stateAfter([
      at(0, runStart()),
      { type: "request", control: { action: "pause" } },
      { type: "request", control: { action: "checkpoint" } },
      { type: "request", control: { action: "lambda", to: 0.5 } },
    ]);
    expect(state.requested).toBe("pause");
    expect(wantedPhase(state)).toBe("paused");
  });

  it("keeps a bounded number of controls, the newest", () => {
    const many = Array.from({ length: 1500 }, (_, index) => at(index, control("pause", index + 1)));
    const { controls } = stateAfter([at(0, runStart()), ...many]);
    expect(controls.length).toBe(1000);
    expect(controls.at(-1)?.epoch).toBe(1500);
  });

  it("sums up each plugin: the newest times, its failures and files", () => {
    const hook = { plugin: "f1", hook: "update", calls: 3, milliseconds: 2, failures: 0 };
    const state = stateAfter([
      at(0, runStart()),
      at(1, { type: "plugin:times", epoch: 1, hooks: [hook] }),
      at(2, {
        type: "plugin:error",
        plugin: "f1",
        hook: "update",
        message: "no\nrows",
        failures: 2,
        disabled: false,
      }),
      at(3, { type: "artifact", plugin: "curves", kind: "image", title: "Curves", path: "curves.png" }),
      at(4, { type: "plugin:times", epoch: 2, hooks: [{ ...hook, calls: 6 }] }),
    ]);
    expect([...state.plugins]).toEqual([
      [
        "f1",
        {
          hooks: [{ ...hook, calls: 6 }],
          failures: 2,
          disabled: false,
          lastError: "update: no rows",
          artifacts: 0,
        },
      ],
      ["curves", { hooks: [], failures: 0, disabled: false, lastError: undefined, artifacts: 1 }],
    ]);
  });

  it("keeps the newest examination of the validation images only", () => {
    const examination = (epoch: number, split: "train" | "validation") =>
      at(epoch, {
        type: "examination",
        epoch,
        split,
        confusion: [],
        trueClass: { right: [], wrong: [] },
        mistakes: [],
      });
    const state = stateAfter([
      examination(1, "validation"),
      examination(2, "validation"),
      examination(3, "train"),
    ]);
    expect(state.examination?.epoch).toBe(2);
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

  describe("run:resume", () => {
    const environment = { engine: "wasm", precision: "float32", threads: 8 } as const;
    const DAY = 86_400_000;
    const resume = at(DAY, { type: "run:resume", epoch: 6, batch: 50, environment });

    it("goes on where the checkpoint was, in the environment of the new process", () => {
      const died = addToDashboard(stateOf(5), { type: "request", control: { action: "pause" } });
      const state = addToDashboard(died, resume);
      expect(state).toMatchObject({ phase: "training", requested: undefined, epoch: 6, batch: 50 });
      expect(state.run?.environment).toEqual(environment);
      expect(state.log.at(-1)?.text).toBe("continued from a checkpoint in epoch 6, after batch 50");
    });

    it("knows of how many batches from what a log keeps", () => {
      const logged = [at(0, runStart()), ...epochEvents(5)].filter(({ type }) => type !== "progress");
      expect(stateAfter([...logged, resume])).toMatchObject({ batch: 50, batches: 100 });
    });

    it("doesn't count the time in which nobody trained, for the epoch or for the run", () => {
      const undisturbed = stateOf(5);
      const last = undisturbed.time ?? 0;
      const state = addToDashboard(stateOf(5), resume);
      expect(state.idleMs).toBe(DAY - last);
      const [, , end] = epochEvents(6).slice(-3);
      if (end?.type !== "epoch:end") throw new Error("no end");
      // The rest of the epoch takes as long as it would have.
      const rest = end.time - last;
      const ended = addToDashboard(state, { ...end, time: DAY + rest });
      expect(ended.pace.durations).toEqual(addToDashboard(undisturbed, end).pace.durations);
    });

    it("goes on after a pause in which the process died", () => {
      const paused = addToDashboard(stateOf(5), at(5500, control("pause", 6, 50)));
      const state = addToDashboard(paused, resume);
      expect([state.phase, state.pace.pausedAt]).toEqual(["training", undefined]);
      expect(state.pace.pausedMs).toBe(DAY - 5500);
    });
  });

  it("starts anew on restart, and keeps only what was printed", () => {
    const printed = { type: "print", time: 1, severity: "warning", text: "from a plugin" } as const;
    const before = addToDashboard(addToDashboard(stateOf(5), printed), { type: "restart" });
    expect(before).toEqual({
      ...initialState(),
      log: [expect.objectContaining({ text: "from a plugin" })],
      problems: 1,
    });
    const again = [at(0, runStart()), ...epochEvents(2)].reduce(addToDashboard, before);
    expect([again.recorded, again.history.epochs]).toEqual([2, [1, 2]]);
  });

  it("shows the model that a checkpoint has, with its own epoch", () => {
    const values = { classes: 1, inputs: 1, weights: Float32Array.of(1), biases: Float32Array.of(0) };
    expect(addToDashboard(stateOf(5), { type: "parameters", epoch: 4, values }).parameters).toEqual({
      epoch: 4,
      values,
    });
  });
});
