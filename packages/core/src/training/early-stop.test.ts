import { firstValueFrom, Observable, Subject, toArray } from "rxjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Control } from "../control/control.ts";
import type { Engine, EngineFactory } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import type { TrainingEvent } from "../events.ts";
import type { Direction } from "../metric-info.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import type { TrainSettings } from "../settings/settings.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { train } from "./train.ts";
import type { TrainOptions } from "./train-options.ts";

const dataset = createTinyDataset();
const plain = { epochs: 8, batchSize: 25, learningRate: 0.05, lambda: 0.01 };

/** A metric of validation whose value after each epoch is written down beforehand. */
function scripted(values: readonly (number | null)[], direction: Direction = "min"): AnyMetric {
  let pass = 0;
  return {
    name: "scripted",
    splits: ["validation"],
    direction,
    init: () => 0,
    update: () => 0,
    result: () => values[pass++] ?? null,
  };
}

interface Outcome {
  readonly events: readonly TrainingEvent[];
  readonly end: Extract<TrainingEvent, { type: "run:end" }>;
  readonly epochEnds: readonly Extract<TrainingEvent, { type: "epoch:end" }>[];
  /** W and b at each epoch:end, and as the run left them. */
  readonly parametersAt: readonly number[][];
  readonly parametersAfter: readonly number[];
}

interface ScriptedOptions extends Omit<Partial<TrainOptions>, "settings"> {
  readonly settings?: Partial<TrainSettings>;
  readonly create?: EngineFactory;
  readonly onEvent?: (event: TrainingEvent) => void;
}

async function run(options: ScriptedOptions): Promise<Outcome> {
  const { settings, create = createReferenceEngine, onEvent, ...others } = options;
  let engine: Engine | undefined;
  const flat = () => [...(engine?.parameters.weights ?? []), ...(engine?.parameters.biases ?? [])];
  const events: TrainingEvent[] = [];
  const parametersAt: number[][] = [];
  await new Promise<void>((complete, error) => {
    train({
      dataset,
      settings: { ...plain, ...settings },
      engine: async (setup) => {
        engine = await create(setup);
        return engine;
      },
      ...others,
    }).subscribe({
      next(event) {
        events.push(event);
        if (event.type === "epoch:end") parametersAt.push(flat());
        onEvent?.(event);
      },
      complete,
      error,
    });
  });
  const end = events.at(-1);
  if (end?.type !== "run:end") return expect.fail("the last event is no run:end");
  const epochEnds = events.filter((event) => event.type === "epoch:end");
  return { events, end, epochEnds, parametersAt, parametersAfter: flat() };
}

afterEach(() => vi.restoreAllMocks());

/** Stops the run within an epoch, after its first batch. */
function stopWithin(epoch: number): Pick<ScriptedOptions, "control" | "onEvent" | "create"> {
  const control = new Subject<Control>();
  // Slices are of one batch where the clock makes each of them seem to take so long.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 100;
    return now;
  });
  let current = 0;
  return {
    control,
    onEvent: (event) => {
      if (event.type === "epoch:start") current = event.epoch;
    },
    create: async (setup) => {
      const engine = await createReferenceEngine(setup);
      const trainBatches: Engine["trainBatches"] = (slice) => {
        if (current === epoch) control.next({ action: "stop" });
        return engine.trainBatches(slice);
      };
      return { ...engine, trainBatches };
    },
  };
}

const monitor = "validation/scripted";

describe("patience", () => {
  it("ends the run once the figure has not been better for so many epochs, and says why", async () => {
    const metrics = [scripted([5, 4, 4, 3, 3, 6, 1])];
    const { events, end } = await run({ metrics, settings: { patience: 2, monitor } });
    expect(end).toMatchObject({ reason: "early-stop", epochs: 6, keptEpoch: 6 });
    expect(events.filter(({ type }) => type === "alert")).toMatchObject([
      {
        level: "info",
        code: "early-stop",
        message: "for 2 epochs validation/scripted has not been better than after epoch 4",
      },
    ]);
    expect(end.metrics["test/accuracy"]).toBeGreaterThan(0);
  });

  it("goes by the metric's direction", async () => {
    const values = [1, 2, 3, 2, 1];
    const up = await run({ metrics: [scripted(values, "max")], settings: { patience: 2, monitor } });
    const down = await run({ metrics: [scripted(values, "min")], settings: { patience: 2, monitor } });
    expect([up.end.epochs, down.end.epochs]).toEqual([5, 3]);
  });

  it("a figure without a value is not better", async () => {
    const metrics = [scripted([5, null, null, 4])];
    const { end } = await run({ metrics, settings: { patience: 2, monitor } });
    expect(end).toMatchObject({ reason: "early-stop", epochs: 3 });
  });

  it("that runs out with the last epoch leaves the run completed", async () => {
    const metrics = [scripted([1, 2, 3])];
    const { events, end } = await run({ metrics, settings: { epochs: 3, patience: 2, monitor } });
    expect(end).toMatchObject({ reason: "completed", epochs: 3, keptEpoch: 3 });
    expect(events.filter(({ type }) => type === "alert")).toEqual([]);
  });

  it("looks at validation loss by default, with the same epochs as without it", async () => {
    const settings = { epochs: 30 };
    // Some labels of validation are wrong, so that sooner or later to learn more makes its loss worse.
    const labels = dataset.validation.labels.map((label, i) => (i % 5 < 2 ? (label + 1) % 3 : label));
    const mislabelled = { ...dataset, validation: { ...dataset.validation, labels } };
    const whole = await run({ dataset: mislabelled, settings });
    const losses = whole.epochEnds.map(({ metrics }) => metrics["validation/loss"] ?? Number.NaN);
    const expected = losses.findIndex((_, i) => i - losses.indexOf(Math.min(...losses.slice(0, i + 1))) >= 3);
    expect(expected).toBeGreaterThan(3);
    const { end, epochEnds } = await run({ dataset: mislabelled, settings: { ...settings, patience: 3 } });
    expect(end).toMatchObject({ reason: "early-stop", epochs: expected + 1 });
    expect(epochEnds.map(({ metrics }) => metrics)).toEqual(
      whole.epochEnds.slice(0, expected + 1).map(({ metrics }) => metrics),
    );
  });
});

describe("keep: best", () => {
  const best = { keep: "best", monitor } as const;

  it.each([
    ["reference", createReferenceEngine],
    ["wasm", createWasmEngine({ threads: 2 })],
  ])("%s: ends with the parameters and all figures of the best epoch", async (_, create) => {
    const metrics = [scripted([5, 4, 2, 3, 2, 6, 7, 8])];
    const { end, epochEnds, parametersAt, parametersAfter } = await run({ metrics, settings: best, create });
    expect(end).toMatchObject({ reason: "completed", epochs: 8, keptEpoch: 3 });
    expect(parametersAfter).toEqual(parametersAt[2]);
    expect(parametersAfter).not.toEqual(parametersAt[7]);
    expect(end.metrics).toMatchObject(epochEnds[2]?.metrics ?? {});
    const three = await run({ settings: { epochs: 3 }, create });
    for (const name of ["loss", "cost", "accuracy"]) {
      expect(end.metrics[`test/${name}`]).toBeCloseTo(three.end.metrics[`test/${name}`] ?? Number.NaN, 5);
    }
  });

  it("where the last is the best, nothing is loaded", async () => {
    let loads = 0;
    const create: EngineFactory = async (setup) => {
      const engine = await createReferenceEngine(setup);
      return { ...engine, load: async () => void loads++ };
    };
    const { end } = await run({ metrics: [scripted([3, 2, 1])], settings: { ...best, epochs: 3 }, create });
    expect([end.keptEpoch, loads]).toEqual([3, 0]);
  });

  it("with patience, what is kept is the best, not the last", async () => {
    const metrics = [scripted([3, 2, 4, 4])];
    const { end, parametersAt, parametersAfter } = await run({ metrics, settings: { ...best, patience: 2 } });
    expect(end).toMatchObject({ reason: "early-stop", epochs: 4, keptEpoch: 2 });
    expect(parametersAfter).toEqual(parametersAt[1]);
  });

  it("exporters see the best parameters at run:end", async () => {
    let seen: number[] = [];
    const exporter: TrainOptions["exporters"] = [
      {
        name: "look",
        connect: (events, { parameters }) =>
          new Observable((subscriber) =>
            events.subscribe({
              next: ({ type }) => {
                if (type === "run:end") seen = [...parameters().weights, ...parameters().biases];
              },
              complete: () => subscriber.complete(),
            }),
          ),
      },
    ];
    const metrics = [scripted([1, 2])];
    const { parametersAt } = await run({ metrics, exporters: exporter, settings: { ...best, epochs: 2 } });
    expect(seen).toEqual(parametersAt[0]);
  });

  it("a stop by the user within an epoch goes back to the best one", async () => {
    const metrics = [scripted([3, 2, 4])];
    const { end, epochEnds, parametersAt, parametersAfter } = await run({
      metrics,
      settings: best,
      ...stopWithin(4),
    });
    expect(end).toMatchObject({ reason: "stopped", epochs: 3, keptEpoch: 2 });
    expect(parametersAfter).toEqual(parametersAt[1]);
    expect(end.metrics).toMatchObject(epochEnds[1]?.metrics ?? {});
  });

  it("a stop within the first epoch has no best one to go back to", async () => {
    const { end } = await run({ settings: { keep: "best" }, ...stopWithin(1) });
    expect(end).toMatchObject({ reason: "stopped", epochs: 0, keptEpoch: null });
    expect(end.metrics["train/loss"]).toBeGreaterThan(0);
  });

  it("a run that diverges ends as diverged, with the best epoch's parameters and figures", async () => {
    let slices = 0;
    const create: EngineFactory = async (setup) => {
      const engine = await createReferenceEngine(setup);
      const trainBatches: Engine["trainBatches"] = (slice) =>
        engine.trainBatches(
          slices++ < 6 ? slice : { ...slice, learningRates: slice.learningRates.fill(1e300) },
        );
      return { ...engine, trainBatches };
    };
    const { events, end, parametersAt, parametersAfter } = await run({
      settings: { keep: "best", epochs: 50 },
      create,
    });
    expect(end.reason).toBe("diverged");
    expect(end.keptEpoch).toBeGreaterThan(0);
    expect(parametersAfter).toEqual(parametersAt[(end.keptEpoch ?? 0) - 1]);
    expect(Object.values(end.metrics).every((value) => value !== null)).toBe(true);
    expect(events.filter(({ type }) => type === "alert")).toMatchObject([{ level: "error", code: "diverged" }]);
  });
});

describe("keep: last", () => {
  it("keptEpoch is the last whole epoch, and null where a run stops within one", async () => {
    const whole = await run({});
    const within = await run(stopWithin(3));
    expect(whole.end).toMatchObject({ epochs: 8, keptEpoch: 8 });
    expect(within.end).toMatchObject({ reason: "stopped", epochs: 2, keptEpoch: null });
  });

  it("keptEpoch is that of the epoch after which a run stops", async () => {
    const control = new Subject<Control>();
    const { end } = await run({
      control,
      onEvent: ({ type }) => type === "epoch:end" && control.next({ action: "stop" }),
    });
    expect(end).toMatchObject({ reason: "stopped", epochs: 1, keptEpoch: 1 });
  });

  it("keptEpoch is null where the engine broke off within an epoch", async () => {
    const create: EngineFactory = async (setup) => ({
      ...(await createReferenceEngine(setup)),
      trainBatches: () => Promise.reject(new Error("no power")),
    });
    expect((await run({ create })).end).toMatchObject({ reason: "failed", keptEpoch: null });
  });
});

describe("what can be monitored", () => {
  async function refused(settings: Partial<TrainSettings>, options: Partial<TrainOptions> = {}) {
    let engines = 0;
    const engine: EngineFactory = (setup) => {
      engines++;
      return createReferenceEngine(setup);
    };
    const events = train({ dataset, settings, engine, ...options }).pipe(toArray());
    const error = await firstValueFrom(events).catch((thrown) => thrown);
    expect([error.code, engines]).toEqual(["BAD_OPTION", 0]);
    return error;
  }

  it("is named where no metric has the tag", async () => {
    const { message, hint } = await refused(
      { patience: 3, monitor: "validation/lss" },
      { metrics: [scripted([])] },
    );
    expect(message).toBe('monitor is "validation/lss"; expected the tag of a metric');
    expect(hint).toBe(
      "What can be monitored is train/loss, validation/loss, train/cost, validation/cost, train/accuracy, " +
        "validation/accuracy, validation/scripted.",
    );
  });

  it("is no figure without a better and a worse, and none of the test split", async () => {
    const metrics = [scripted([], "none")];
    expect((await refused({ keep: "best", monitor }, { metrics })).message).toContain(
      "of which no value is better than another",
    );
    expect((await refused({ keep: "best", monitor: "test/loss" })).message).toContain(
      "test figures are only known when the run has ended",
    );
  });

  it("is nothing of validation where there are no validation images", async () => {
    const bare = { dataset: createTinyDataset({ validation: 0 }) };
    expect((await refused({ patience: 1 }, bare)).message).toBe(
      'monitor is "validation/loss", and there are no validation images',
    );
    const { end } = await run({ ...bare, settings: { patience: 1, keep: "best", monitor: "train/loss" } });
    expect(end.keptEpoch).toBeGreaterThan(0);
  });

  it("is looked at whatever else is off", async () => {
    expect((await refused({ monitor: "what/ever" })).message).toContain("expected the tag of a metric");
    expect((await refused({ monitor: "test/loss" })).message).toContain("only known when the run has ended");
    expect((await refused({ monitor }, { metrics: [scripted([], "none")] })).message).toContain("no value");
  });

  it("may be of validation images that there are none of, where nothing needs it", async () => {
    const dataset = createTinyDataset({ validation: 0 });
    expect((await run({ dataset, settings: { epochs: 1 } })).end.reason).toBe("completed");
  });
});
