// What becomes of a run whose metrics fail: of its end, its checkpoints, and when it is continued.
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { encodeCheckpoint } from "../checkpoint/checkpoint-file.ts";
import { isPersisted, type TrainingEvent } from "../events.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { type ObservedOptions, observeRun, ofType } from "../testing/observed-run.ts";

const plain = { epochs: 6, batchSize: 25, learningRate: 0.05, lambda: 0.01 };

/** Counts its passes, which it carries from one to the next. */
function counting(partial: Partial<AnyMetric> = {}): AnyMetric {
  return {
    name: "counting",
    splits: ["validation"],
    direction: "max",
    init: (previous = 0) => previous + 1,
    update: (state) => state,
    result: (state) => state,
    serialize: (state) => state,
    deserialize: (value) => value,
    ...partial,
  };
}

/** Fails in the passes of these numbers. */
function failingIn(passes: readonly number[], value: (pass: number) => number): AnyMetric {
  let pass = 0;
  return counting({
    init: () => 0,
    result() {
      pass++;
      if (passes.includes(pass)) throw new Error(`no pass ${pass}`);
      return value(pass);
    },
  });
}

async function trainSaving(options: ObservedOptions) {
  const saved: Checkpoint[] = [];
  const saveCheckpoint = async (checkpoint: Checkpoint) => {
    saved.push(checkpoint);
    return `epoch-${checkpoint.epoch}`;
  };
  const run = await observeRun({ settings: plain, checkpointEvery: 1, saveCheckpoint, ...options });
  // All of them could have been written.
  await Promise.all(saved.map(encodeCheckpoint));
  return { ...run, saved };
}

async function resume(checkpoint: Checkpoint | undefined, events: readonly TrainingEvent[], metric: AnyMetric) {
  if (checkpoint === undefined) return expect.fail("there is no such checkpoint");
  const log = events.filter(isPersisted);
  const { saved, ...run } = await trainSaving({ resume: { checkpoint, events: log }, metrics: [metric] });
  return run;
}

const monitor = "validation/counting";

describe("a monitored metric that fails", () => {
  it("three times ends the run as failed, with a reason that says so, and never as early-stop", async () => {
    const metrics = [failingIn([2, 3, 4], () => 1)];
    for (const patience of [0, 1, 2, 10]) {
      metrics[0] = failingIn([2, 3, 4], (pass) => pass);
      const { events, saved } = await trainSaving({ metrics, settings: { ...plain, patience, monitor } });
      const end = ofType(events, "run:end")[0];
      expect([patience, end?.reason, end?.epochs]).toEqual([patience, "failed", 3]);
      const message =
        'the metric "counting", which the run monitors, has failed 3 times; the last time in result: no pass 4';
      expect(ofType(events, "alert")).toMatchObject([{ level: "error", code: "failed", message }]);
      expect(saved.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    }
  });

  it("once is told, and patience doesn't count that epoch; nor does it where the run is continued", async () => {
    const settings = { ...plain, epochs: 9, patience: 2, monitor };
    const { events, saved } = await trainSaving({ metrics: [failingIn([3], () => 1)], settings });
    // Best after epoch 1; epochs 2 and 4 are not better, and of 3 nothing is known.
    expect(ofType(events, "run:end")[0]).toMatchObject({ reason: "early-stop", epochs: 4 });
    const third = saved.find(({ epoch }) => epoch === 3);
    const continued = await resume(
      third,
      events,
      failingIn([], () => 1),
    );
    expect(ofType(continued.events, "run:end")[0]).toMatchObject({ reason: "early-stop", epochs: 4 });
  });
});

describe("a serialize that fails", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const toJSON = () => {
    throw new Error("no JSON");
  };

  it.each<[string, () => unknown, string]>([
    ["throws", () => toJSON(), "no JSON"],
    ["gives a BigInt", () => 1n, "BigInt"],
    ["gives a cycle", () => cycle, "circular"],
    ["gives what throws in toJSON", () => ({ toJSON }), "no JSON"],
    ["gives nothing", () => undefined, "serialize gave undefined; expected what JSON can hold"],
  ])("that %s is named, and costs no checkpoint", async (_, serialize, message) => {
    const { events, saved } = await trainSaving({ metrics: [counting({ serialize })] });
    expect(saved.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    const errors = ofType(events, "plugin:error");
    expect(errors).toHaveLength(3);
    expect(errors[0]).toMatchObject({ plugin: "counting", hook: "serialize" });
    expect(errors[0]?.message).toContain(message);
  });

  it("has failed in a run that is continued, too", async () => {
    const serialize = () => toJSON();
    const { events, saved } = await trainSaving({ metrics: [counting({ serialize })] });
    const second = saved.find(({ epoch }) => epoch === 2);
    const { events: told } = await resume(second, events, counting({ serialize }));
    expect(ofType(told, "plugin:error")[0]).toMatchObject({ failures: 3, disabled: true });
  });

  it("makes the metric begin anew in a run that is continued, which is said", async () => {
    const { events, saved } = await trainSaving({ metrics: [counting({ serialize: () => 1n })] });
    const { events: told } = await resume(saved[0], events, counting());
    const message = "the checkpoint has no state of validation/counting, which begins anew";
    expect(ofType(told, "alert")).toMatchObject([{ level: "warning", code: "plugin", message }]);
    expect(told[0]?.type).toBe("run:resume");
    expect(ofType(told, "epoch:end").map(({ metrics }) => metrics["validation/counting"])).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it("a checkpoint has the state of its epoch, though the metric goes on changing the same object", async () => {
    const metric = counting({
      init: (previous = { passes: 0 }) => previous,
      update: (state) => Object.assign(state, { passes: state.passes + 1 }),
      result: ({ passes }) => passes,
    });
    const { saved } = await trainSaving({ metrics: [metric] });
    const passes = saved.map(({ metricStates }) => metricStates.counting?.validation);
    expect(passes).toEqual([1, 2, 3, 4, 5, 6].map((epoch) => ({ passes: epoch })));
  });
});

it("a deserialize that fails is told within the run that is continued, and is in its log as it is counted", async () => {
  const { events, saved } = await trainSaving({ metrics: [counting()] });
  const deserialize = () => {
    throw new Error("no state");
  };
  const { events: told } = await resume(saved[0], events, counting({ deserialize }));
  expect(told[0]?.type).toBe("run:resume");
  expect(ofType(told, "plugin:error")).toMatchObject([{ hook: "deserialize", message: "no state" }]);
  expect(told.map(({ seq }) => seq)).toEqual(told.map(({ seq }) => seq).toSorted((a, b) => a - b));
  const fork = await observeRun({
    settings: plain,
    ...(saved[0] && { fork: saved[0] }),
    metrics: [counting({ deserialize })],
  });
  expect(fork.events[0]?.type).toBe("run:start");
});
