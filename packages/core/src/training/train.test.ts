import { firstValueFrom, Subject, Subscription, throwError, toArray } from "rxjs";
import { describe, expect, it, vi } from "vitest";
import type { Control } from "../control/control.ts";
import type { Engine, EngineSetup } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { isPersisted, type TrainingEvent } from "../events.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { train } from "./train.ts";
import type { TrainOptions } from "./train-options.ts";

const dataset = createTinyDataset();
const settings = { epochs: 3, batchSize: 25, learningRate: 0.05, lambda: 0.01 };

function run(options: Partial<TrainOptions> = {}): Promise<TrainingEvent[]> {
  return firstValueFrom(train({ dataset, settings, ...options }).pipe(toArray()));
}

function ofType<Type extends TrainingEvent["type"]>(events: readonly TrainingEvent[], type: Type) {
  return events.filter((event): event is Extract<TrainingEvent, { type: Type }> => event.type === type);
}

/** What does not depend on when and where it ran. */
function timeless(events: readonly TrainingEvent[]): unknown[] {
  return events
    .filter(isPersisted)
    .map((event) => ({ ...event, runId: "", time: 0, seq: 0, timing: undefined, plugins: undefined }));
}

/** Sends a control when an event comes for which `when` holds, once. */
function controlled(
  answers: readonly { when: (event: TrainingEvent) => boolean; send: Control }[],
): Promise<TrainingEvent[]> {
  const control = new Subject<Control>();
  const left = [...answers];
  return new Promise((resolve, reject) => {
    const events: TrainingEvent[] = [];
    train({ dataset, settings, control }).subscribe({
      next(event) {
        events.push(event);
        if (left[0]?.when(event)) control.next((left.shift() as (typeof answers)[number]).send);
      },
      error: reject,
      complete: () => resolve(events),
    });
  });
}

const failing = (hook: "init" | "update" | "result", name = "frail"): AnyMetric => {
  const metric = {
    name,
    splits: ["train", "validation"] as const,
    direction: "min" as const,
    init: () => 0,
    update: () => 1,
    result: () => 1,
  };
  return {
    ...metric,
    [hook]: () => {
      throw new Error(`no ${hook}`);
    },
  };
};

describe("train", () => {
  it("is cold: nothing happens before it is subscribed to, and each subscription is a run of its own", async () => {
    let engines = 0;
    const engine = (setup: EngineSetup) => {
      engines++;
      return createReferenceEngine(setup);
    };
    const events = train({ dataset, settings, engine });
    expect(engines).toBe(0);
    await firstValueFrom(events.pipe(toArray()));
    await firstValueFrom(events.pipe(toArray()));
    expect(engines).toBe(2);
  });

  it("tells run:start, then the epochs in order, and run:end as the very last", async () => {
    const events = await run();
    const types = events.filter(isPersisted).map(({ type }) => type);
    const epoch = ["epoch:start", "epoch:end"];
    expect(types).toEqual(["run:start", ...epoch, ...epoch, ...epoch, "run:end"]);
    expect(ofType(events, "epoch:end").map((event) => event.epoch)).toEqual([1, 2, 3]);
  });

  it("every event is plain data with a header; seq rises", async () => {
    const events = await run({ runId: "r1", now: () => 123 });
    for (const event of events) {
      expect(JSON.parse(JSON.stringify(event))).toEqual(event);
      expect(event).toMatchObject({ v: 1, runId: "r1", time: 123 });
    }
    const numbers = events.map(({ seq }) => seq);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("says what it trains, on what, and how it is measured", async () => {
    const [start] = ofType(await run(), "run:start");
    expect(start).toMatchObject({
      config: { ...settings, seed: 0, loss: "softmax" },
      model: { inputs: 48, classes: 3, parameters: 147 },
      data: { name: "tiny", train: 60, validation: 30, test: 20, classes: dataset.classNames },
      environment: {
        engine: "wasm",
        precision: "float32",
        threads: Math.min(navigator.hardwareConcurrency, 16),
        // What the bits depend on: a run that goes on elsewhere is compared with it.
        simd: "128 bit, relaxed",
        build: expect.stringMatching(/^[0-9a-f]{12}$/),
        processor: expect.stringMatching(/./),
        runtime: expect.stringMatching(/^Node\.js \d/),
      },
    });
    expect(start?.metrics.map(({ tag }) => tag)).toContain("validation/accuracy");
  });

  it("learns: the loss of training and validation falls, and test figures come at the end only", async () => {
    const events = await run({ settings: { ...settings, epochs: 10 } });
    const ends = ofType(events, "epoch:end");
    for (const tag of ["train/loss", "validation/loss", "train/cost"]) {
      expect(ends.at(-1)?.metrics[tag]).toBeLessThan(ends[0]?.metrics[tag] ?? 0);
    }
    expect(ends[0]?.metrics).not.toHaveProperty("test/loss");
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 10 });
    expect(ofType(events, "run:end")[0]?.metrics["test/accuracy"]).toBeGreaterThan(0.5);
  });

  it("same seed, same bits; another seed, others", async () => {
    const [once, again, other] = await Promise.all([run(), run(), run({ settings: { ...settings, seed: 1 } })]);
    expect(timeless(again)).toEqual(timeless(once));
    expect(ofType(other, "epoch:end")[0]?.metrics).not.toEqual(ofType(once, "epoch:end")[0]?.metrics);
  });

  it("while epoch:end is delivered the parameters are those that a run of that many epochs ends with", async () => {
    async function parametersAt(epochs: number, epoch: number): Promise<number[]> {
      let engine: Engine | undefined;
      let seen: number[] = [];
      const events = train({
        dataset,
        settings: { ...settings, epochs },
        engine: async (setup) => {
          engine = await createReferenceEngine(setup);
          return engine;
        },
      });
      await new Promise<void>((resolve) => {
        events.subscribe({
          next(event) {
            if (event.type !== "epoch:end" || event.epoch !== epoch) return;
            seen = [...(engine?.parameters.weights ?? []), ...(engine?.parameters.biases ?? [])];
          },
          complete: resolve,
        });
      });
      return seen;
    }
    const early = await parametersAt(3, 2);
    expect(early).toHaveLength(147);
    expect(early).toEqual(await parametersAt(2, 2));
    expect(early).not.toEqual(await parametersAt(3, 3));
  });

  it("stops when unsubscribed from, and closes its engine", async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    let events = 0;
    const subscription = new Subscription();
    const running = train({
      dataset,
      settings: { ...settings, epochs: 1_000_000 },
      engine: async (setup) => ({ ...(await createReferenceEngine(setup)), close: async () => resolve() }),
    });
    subscription.add(
      running.subscribe((event) => {
        events++;
        if (event.type === "epoch:end" && event.epoch === 2) subscription.unsubscribe();
      }),
    );
    await closed;
    const before = events;
    await new Promise((resolve_) => setTimeout(resolve_, 30));
    expect(events).toBe(before);
  });

  it("fails, with the setting's name, where it can't start", async () => {
    await expect(run({ settings: { epochs: 0 } })).rejects.toMatchObject({ code: "BAD_OPTION" });
    await expect(run({ metrics: [{ name: "X" } as AnyMetric] })).rejects.toMatchObject({ code: "BAD_PLUGIN" });
    const labels = new Uint8Array(60).fill(9);
    const wrong = { ...dataset, train: { ...dataset.train, labels } };
    await expect(run({ dataset: wrong })).rejects.toMatchObject({ code: "BAD_DATA" });
  });

  it("ends as diverged, with an alert, where the loss leaves the finite numbers", async () => {
    const events = await run({ settings: { ...settings, learningRate: 1e200, epochs: 50 } });
    expect(ofType(events, "alert")[0]).toMatchObject({ level: "error", code: "diverged" });
    expect(ofType(events, "alert")[0]?.message).toBe(
      "the loss is not finite since batch 2 of epoch 1: try a lower learning rate",
    );
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "diverged" });
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it("ends as failed, with the engine's words, where the engine fails", async () => {
    const events = await run({
      engine: async (setup) => ({
        ...(await createReferenceEngine(setup)),
        trainBatches: () => Promise.reject(new Error("worker 2 died")),
      }),
    });
    expect(ofType(events, "alert")[0]).toMatchObject({ code: "failed", message: "worker 2 died" });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "failed" });
  });

  it("an engine that fails later leaves the figures of the epochs before", async () => {
    let calls = 0;
    const events = await run({
      settings: { ...settings, batchSize: 60 },
      engine: async (setup) => {
        const engine = await createReferenceEngine(setup);
        return {
          ...engine,
          trainBatches: (slice) =>
            ++calls > 2 ? Promise.reject(new Error("gone")) : engine.trainBatches(slice),
        };
      },
    });
    expect(events.at(-1)).toMatchObject({ reason: "failed", epochs: 2 });
    expect(ofType(events, "run:end")[0]?.metrics).toEqual(ofType(events, "epoch:end")[1]?.metrics);
  });

  it("divergence in the very last update is seen too", async () => {
    const events = await run({ settings: { epochs: 1, batchSize: 60, learningRate: 1e300, lambda: 1 } });
    expect(events.at(-1)).toMatchObject({ reason: "diverged", epochs: 0 });
  });

  it("takes data without validation and test images", async () => {
    const empty = { images: new Uint8Array(0), labels: new Uint8Array(0) };
    const events = await run({ dataset: { ...dataset, validation: empty, test: empty } });
    expect(ofType(events, "run:end")[0]).toMatchObject({
      reason: "completed",
      metrics: { "validation/loss": null, "test/accuracy": null },
    });
  });
});

describe("controls", () => {
  const endOf = (epoch: number) => (event: TrainingEvent) =>
    event.type === "epoch:end" && event.epoch === epoch;
  const told = (action: string) => (event: TrainingEvent) =>
    event.type === "control" && event.action === action;

  it("a paused run stands still until it is told to go on, which changes nothing but the time it takes", async () => {
    const control = new Subject<Control>();
    const events: TrainingEvent[] = [];
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const { promise: paused, resolve: pause } = Promise.withResolvers<void>();
    train({ dataset, settings, control }).subscribe({
      next(event) {
        events.push(event);
        if (endOf(1)(event)) control.next({ action: "pause" });
        if (told("pause")(event)) pause();
      },
      complete: end,
    });
    await paused;
    const before = events.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).toHaveLength(before);
    control.next({ action: "resume" });
    await ended;
    expect(ofType(events, "control").map(({ from, to }) => [from, to])).toEqual([
      ["running", "paused"],
      ["paused", "running"],
    ]);
    const ends = (all: readonly TrainingEvent[]) => ofType(all, "epoch:end").map(({ metrics }) => metrics);
    expect(ends(events)).toEqual(ends(await run()));
  });

  it("step goes on to the end of an epoch and pauses there, before the next epoch starts", async () => {
    const events = await controlled([
      { when: endOf(1), send: { action: "pause" } },
      { when: told("pause"), send: { action: "step" } },
      { when: endOf(2), send: { action: "resume" } },
    ]);
    const between = events
      .filter(({ type }) => ["control", "epoch:start", "epoch:end"].includes(type))
      .map((event) => (event.type === "control" ? `${event.from} -> ${event.to}` : event.type));
    expect(between).toEqual([
      "epoch:start",
      "epoch:end",
      "running -> paused",
      "paused -> stepping",
      "epoch:start",
      "epoch:end",
      "stepping -> paused",
      "paused -> running",
      "epoch:start",
      "epoch:end",
    ]);
  });

  it("stop between epochs ends the run there, while paused too", async () => {
    const events = await controlled([
      { when: endOf(1), send: { action: "pause" } },
      { when: told("pause"), send: { action: "stop" } },
    ]);
    const end = ofType(events, "run:end")[0];
    expect(end).toMatchObject({ reason: "stopped", epochs: 1 });
    expect(end?.metrics).toMatchObject(ofType(events, "epoch:end")[0]?.metrics ?? {});
    expect(Object.keys(end?.metrics ?? {})).toContain("test/accuracy");
    expect(ofType(events, "epoch:start")).toHaveLength(1);
  });

  it("stop within an epoch ends the run with figures of the parameters it ends with", async () => {
    const events = await controlled([{ when: ({ type }) => type === "epoch:start", send: { action: "stop" } }]);
    const end = ofType(events, "run:end")[0];
    expect(end).toMatchObject({ reason: "stopped", epochs: 0 });
    expect(end?.metrics["train/loss"]).toBeGreaterThan(0);
    expect(ofType(events, "epoch:end")).toEqual([]);
  });

  it("what is sent right after subscribing is not lost", async () => {
    const control = new Subject<Control>();
    const running = firstValueFrom(train({ dataset, settings, control }).pipe(toArray()));
    control.next({ action: "stop" });
    expect((await running).at(-1)).toMatchObject({ reason: "stopped", epochs: 0 });
  });

  it("a control stream that fails ends the run as failed", async () => {
    const events = await run({ control: throwError(() => new Error("cable cut")) });
    expect(ofType(events, "alert")[0]?.message).toBe("the control stream failed: cable cut");
    expect(events.at(-1)).toMatchObject({ reason: "failed" });
  });

  it("a pause does not hide that the run has diverged", async () => {
    const control = new Subject<Control>();
    const events = await run({
      control,
      engine: async (setup) => ({
        ...(await createReferenceEngine(setup)),
        async trainBatches() {
          control.next({ action: "pause" });
          return { lossSum: Number.NaN, losses: Float64Array.of(Number.NaN) };
        },
      }),
    });
    expect(events.at(-1)).toMatchObject({ reason: "diverged" });
  });
});

describe("plugins can't break training", () => {
  it.each(["init", "update", "result"] as const)(
    "a metric that throws in %s is named and disabled",
    async (hook) => {
      const events = await run({ metrics: [failing(hook)] });
      const errors = ofType(events, "plugin:error");
      expect(errors.map(({ failures, disabled }) => [failures, disabled])).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
      expect(errors[0]).toMatchObject({ plugin: "frail", hook, message: `no ${hook}` });
      expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 3 });
      expect(ofType(events, "epoch:end")[0]?.metrics["train/frail"]).toBeNull();
    },
  );

  it("figures of the others are those of a run without it", async () => {
    const [alone, beside] = await Promise.all([run(), run({ metrics: [failing("update")] })]);
    for (const [index, end] of ofType(alone, "epoch:end").entries()) {
      expect(ofType(beside, "epoch:end")[index]?.metrics).toMatchObject(end.metrics);
    }
  });

  it("a result that is no number is a failure; NaN is no value", async () => {
    const text = { ...failing("init"), init: () => 0, result: () => "high" as unknown as number };
    const nan = { ...failing("init", "void"), init: () => 0, result: () => Number.NaN };
    const events = await run({ metrics: [text, nan] });
    expect(ofType(events, "plugin:error")[0]?.message).toBe("result gave text; expected a number, or null");
    expect(ofType(events, "epoch:end")[0]?.metrics).toMatchObject({ "train/frail": null, "train/void": null });
  });

  it("a critical metric that fails ends the run as failed", async () => {
    const events = await run({ metrics: [{ ...failing("update"), critical: true }] });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "failed" });
    expect(ofType(events, "alert")[0]?.message).toBe('the critical plugin "frail" failed in update: no update');
  });

  it("a slow metric is told once for each hook, and is as good as any other", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const dawdle = (value: number) => {
      now += 1500;
      return value;
    };
    const slow = {
      ...failing("init", "slow"),
      init: () => 0,
      update: () => dawdle(0),
      result: () => dawdle(7),
    };
    const events = await run({ metrics: [slow] });
    vi.restoreAllMocks();
    expect(ofType(events, "plugin:error")).toEqual([]);
    expect(ofType(events, "alert").map(({ code, message }) => [code, message])).toEqual([
      ["slow", 'the plugin "slow" took 1.5 s in update, and the run waited'],
      ["slow", 'the plugin "slow" took 1.5 s in result, and the run waited'],
    ]);
    for (const { metrics } of ofType(events, "epoch:end")) expect(metrics["train/slow"]).toBe(7);
  });

  it.each([
    ["init", "init gave a promise; expected a state, at once"],
    ["update", "update gave a promise; expected a state, at once"],
    ["result", "result gave a promise; expected a number, or null"],
  ])(
    "a promise in place of what %s gives is named, and one that rejects is no stray error",
    async (hook, message) => {
      const late = {
        ...failing("init", "late"),
        init: () => 0,
        update: () => 0,
        result: () => 0,
        [hook]: () => Promise.reject(new Error("late")) as never,
      };
      const events = await run({ metrics: [late] });
      expect(ofType(events, "plugin:error")[0]).toMatchObject({ hook, message });
      expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
    },
  );

  it.each<[string, unknown]>([
    ["an error with a message that is an object", Object.assign(new Error("x"), { message: { code: 5 } })],
    ["an object without a prototype", Object.create(null)],
    ["a symbol", Symbol("no")],
  ])("what is thrown may be %s", async (_, thrown) => {
    const strange = {
      ...failing("init", "strange"),
      init() {
        throw thrown;
      },
    };
    const events = await run({ metrics: [strange] });
    expect(ofType(events, "plugin:error")).toHaveLength(3);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 3 });
  });

  it("run:end tells how often each hook was called and how long it took", async () => {
    const events = await run();
    const update = ofType(events, "run:end")[0]?.plugins.find(
      ({ plugin, hook }) => plugin === "accuracy" && hook === "update",
    );
    expect(update?.calls).toBeGreaterThanOrEqual(7);
    expect(update?.milliseconds).toBeGreaterThanOrEqual(0);
  });
});
