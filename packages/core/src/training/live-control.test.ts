// What changed settings do to a run. Most are scripted, so that they come at a known place; replay.test.ts holds that
// a script and a live control do the same.
import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Control } from "../control/control.ts";
import type { ScriptedControl } from "../control/script.ts";
import type { TrainingSlice } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { learningRateAt } from "../settings/schedule.ts";
import { resolveSettings } from "../settings/settings.ts";
import { observeRun, ofType } from "../testing/observed-run.ts";
import { planEpoch } from "./epoch-plan.ts";

const IMAGES = 60;
const settings = { epochs: 3, batchSize: 25, learningRate: 0.05, lambda: 0.01 };

const at = (epoch: number, batch: number, control: Control): ScriptedControl => ({ epoch, batch, control });

interface Batch {
  readonly images: readonly number[];
  readonly learningRate: number;
  readonly lambda: number;
}

/** The batches of a run, as the engine was asked for them. */
function recordBatches() {
  const batches: Batch[] = [];
  const onSlice = ({ order, batchSize, first, end, learningRates, lambda }: TrainingSlice): void => {
    for (let i = first; i < end; i++) {
      const images = [...order.slice(i * batchSize, (i + 1) * batchSize)];
      batches.push({ images, learningRate: learningRates[i] ?? Number.NaN, lambda });
    }
  };
  return { batches, onSlice };
}

async function scripted(script: readonly ScriptedControl[], more: Partial<typeof settings> = {}) {
  const { batches, onSlice } = recordBatches();
  const run = await observeRun({ settings: { ...settings, ...more }, script, onSlice });
  return { ...run, batches };
}

describe("settings that change during a run", () => {
  it("hold from the next batch on, and are told with what they were and where", async () => {
    const { batches, events } = await scripted([
      at(1, 2, { action: "learningRate", to: 0.5 }),
      at(2, 0, { action: "lambda", to: 0 }),
    ]);
    expect(batches.map(({ learningRate }) => learningRate)).toEqual([
      0.05, 0.05, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5,
    ]);
    expect(batches.map(({ lambda }) => lambda)).toEqual([0.01, 0.01, 0.01, 0, 0, 0, 0, 0, 0]);
    expect(ofType(events, "control")).toMatchObject([
      { action: "learningRate", from: 0.05, to: 0.5, epoch: 1, batch: 2 },
      { action: "lambda", from: 0.01, to: 0, epoch: 2, batch: 0 },
    ]);
    const ends = ofType(events, "epoch:end");
    expect(ends.map(({ learningRate }) => learningRate)).toEqual([0.5, 0.5, 0.5]);
    const [first, , last] = ends;
    expect(first?.metrics["train/cost"]).toBeGreaterThan(first?.metrics["train/loss"] ?? Number.NaN);
    expect(last?.metrics["train/cost"]).toBe(last?.metrics["train/loss"]);
  });

  it("another batch size cuts the images still to come, in the order that was planned", async () => {
    const { batches } = await scripted([at(1, 1, { action: "batchSize", to: 10 })]);
    expect(batches.slice(0, 5).map(({ images }) => images.length)).toEqual([25, 10, 10, 10, 5]);
    expect(batches.slice(5, 11).map(({ images }) => images.length)).toEqual([10, 10, 10, 10, 10, 10]);
    const { order } = planEpoch(resolveSettings(settings), IMAGES, 1);
    expect(batches.slice(0, 5).flatMap(({ images }) => images)).toEqual([...order]);
  });

  it("schedules follow: by the share of the epoch that is done, and by the number of epochs", async () => {
    const schedule = { kind: "cosine" } as const;
    const { batches, onSlice } = recordBatches();
    await observeRun({
      settings: { ...settings, epochs: 2, batchSize: 20, schedule },
      script: [at(1, 1, { action: "batchSize", to: 10 }), at(2, 3, { action: "epochs", to: 3 })],
      onSlice,
    });
    const rate = (time: number, epochs: number): number => learningRateAt(schedule, 0.05, time, epochs);
    // A third of the first epoch is done when the other two come in four batches.
    const expected = [
      ...[0, 1 / 3, 1 / 2, 2 / 3, 5 / 6].map((time) => rate(time, 2)),
      ...[0, 1, 2].map((batch) => rate(1 + batch / 6, 2)),
      ...[3, 4, 5].map((batch) => rate(1 + batch / 6, 3)),
      ...[0, 1, 2, 3, 4, 5].map((batch) => rate(2 + batch / 6, 3)),
    ];
    expect(batches).toHaveLength(expected.length);
    for (const [i, rate] of expected.entries()) expect(batches[i]?.learningRate).toBeCloseTo(rate, 14);
  });

  it("fewer epochs end the run with the present one, more go on; events carry the number in force", async () => {
    const fewer = await scripted([at(2, 1, { action: "epochs", to: 2 })]);
    expect(fewer.events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 2 });
    expect(ofType(fewer.events, "epoch:end").map(({ epochs }) => epochs)).toEqual([3, 2]);
    const more = await scripted([at(1, 3, { action: "epochs", to: 5 })]);
    expect(more.events.at(-1)).toMatchObject({ reason: "completed", epochs: 5 });
    expect(ofType(more.events, "epoch:start").map(({ epochs }) => epochs)).toEqual([3, 5, 5, 5, 5]);
  });

  it("to fewer epochs between two ends the run there", async () => {
    const { events } = await scripted([at(2, 3, { action: "epochs", to: 2 })]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 2 });
    expect(ofType(events, "epoch:start")).toHaveLength(2);
  });

  it("a run that was given more epochs is the run that had them from the start", async () => {
    const longer = await scripted([at(3, 3, { action: "epochs", to: 5 })]);
    const whole = await scripted([], { epochs: 5 });
    expect(longer.parameters).toEqual(whole.parameters);
  });

  it("a batch size that is changed before the first batch is one the run could have started with", async () => {
    const changed = await scripted([at(1, 0, { action: "batchSize", to: 7 })]);
    expect(changed.parameters).toEqual((await scripted([], { batchSize: 7 })).parameters);
  });
});

describe("live controls", () => {
  /** Sends controls while the last epoch is evaluated, or before a slice of training. */
  async function live(onSlice: (slices: number) => Control[], inLastEvaluation: readonly Control[] = []) {
    const control = new Subject<Control>();
    let slices = 0;
    const send = (controls: readonly Control[]): void => {
      for (const one of controls) control.next(one);
    };
    const left = [inLastEvaluation];
    return await observeRun({
      settings,
      control,
      create: async (setup) => {
        const engine = await createReferenceEngine(setup);
        return {
          ...engine,
          evaluate(...range) {
            if (slices > 0 && epoch === settings.epochs) send(left.shift() ?? []);
            return engine.evaluate(...range);
          },
        };
      },
      onSlice: () => send(onSlice(slices++)),
      onEvent: (event) => {
        if (event.type === "epoch:start") epoch = event.epoch;
      },
    });
  }
  let epoch = 0;

  it.each([
    [{ action: "learningRate", to: 0 }, "learningRate is 0; expected a number above 0; it stays 0.05"],
    [{ action: "lambda", to: Number.NaN }, "lambda is NaN; expected a number of at least 0; it stays 0.01"],
    [{ action: "batchSize", to: 2.5 }, "batchSize is 2.5; expected a whole number of at least 1; it stays 25"],
  ] satisfies [Control, string][])(
    "%j is answered with an alert, and changes nothing",
    async (wrong, message) => {
      const { events, parameters } = await live((slices) => (slices === 0 ? [wrong] : []));
      expect(ofType(events, "alert")).toContainEqual(
        expect.objectContaining({ level: "warning", code: "control", message }),
      );
      expect(ofType(events, "control")).toEqual([]);
      expect(parameters).toEqual((await observeRun({ settings })).parameters);
    },
  );

  it("epochs can't end before the present one", async () => {
    const { events } = await live(() => (epoch === 2 ? [{ action: "epochs", to: 1 }] : []));
    expect(ofType(events, "alert")[0]?.message).toBe(
      "epochs is 1; expected at least the present epoch, 2; it stays 3",
    );
    expect(events.at(-1)).toMatchObject({ epochs: 3 });
  });

  it("a value that is in force already is not answered", async () => {
    const { events } = await live(() => [{ action: "batchSize", to: 25 }]);
    expect(ofType(events, "control")).toEqual([]);
    expect(ofType(events, "alert").filter(({ code }) => code === "control")).toEqual([]);
  });

  it("more epochs go on from the end of the last one; a stop that comes so late is not answered", async () => {
    const late = await live(() => [], [{ action: "stop" }]);
    expect(late.events.at(-1)).toMatchObject({ reason: "completed", epochs: 3 });
    expect(ofType(late.events, "control")).toEqual([]);
    const longer = await live(() => [], [{ action: "epochs", to: 4 }]);
    expect(ofType(longer.events, "control")).toMatchObject([{ from: 3, to: 4, epoch: 3, batch: 3 }]);
    expect(longer.events.at(-1)).toMatchObject({ reason: "completed", epochs: 4 });
  });

  it("what is asked for when patience has run out is still carried out", async () => {
    const { events } = await observeRun({
      settings: { ...settings, patience: 1, epochs: 9 },
      script: [at(2, 3, { action: "checkpoint" }), at(2, 3, { action: "pause" })],
      saveCheckpoint: async () => "a/path",
      create: async (setup) => {
        const engine = await createReferenceEngine(setup);
        // So that no epoch is better than the first.
        return { ...engine, trainBatches: async () => ({ lossSum: 1, losses: Float64Array.of(1) }) };
      },
    });
    expect(ofType(events, "checkpoint")).toMatchObject([{ epoch: 2, path: "a/path" }]);
    expect(ofType(events, "control").map(({ action }) => action)).toEqual(["checkpoint"]);
    expect(events.at(-1)).toMatchObject({ reason: "early-stop", epochs: 2 });
  });

  it("a run that has diverged takes no more controls", async () => {
    const tooHigh = { learningRate: 1e300, lambda: 1e10 };
    const { events } = await scripted([at(1, 2, { action: "lambda", to: 0.5 })], tooHigh);
    expect(ofType(events, "control")).toEqual([]);
    expect(ofType(events, "alert").map(({ message }) => message)).toEqual([
      expect.stringContaining("since batch 2 of epoch 1"),
      "the script's lambda was not applied in epoch 1, after batch 2: the run ended before",
    ]);
  });

  it("steps of one batch train one batch each, over the end of an epoch too", async () => {
    const control = new Subject<Control>();
    const { batches, onSlice } = recordBatches();
    const trainedAt: number[] = [];
    const { events } = await observeRun({
      settings,
      control,
      onSlice,
      onEvent(event) {
        if (event.type === "run:start") control.next({ action: "pause" });
        if (event.type !== "control" || event.action !== "pause") return;
        trainedAt.push(batches.length);
        control.next(batches.length < 5 ? { action: "step", unit: "batch" } : { action: "stop" });
      },
    });
    expect(trainedAt).toEqual([0, 1, 2, 3, 4, 5]);
    const pauses = ofType(events, "control").filter(({ action }) => action === "pause");
    expect(pauses.map(({ epoch, batch }) => [epoch, batch])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
    ]);
  });

  it("an export is told, and nothing else comes of it", async () => {
    const { events, parameters } = await scripted([at(2, 1, { action: "export" })]);
    expect(ofType(events, "control")).toMatchObject([
      { action: "export", from: null, to: null, epoch: 2, batch: 1 },
    ]);
    expect(parameters).toEqual((await observeRun({ settings })).parameters);
  });
});

describe("a script", () => {
  it("is refused, with BAD_OPTION, where it names a place that never comes", async () => {
    await expect(scripted([at(1, 4, { action: "stop" })])).rejects.toMatchObject({ code: "BAD_OPTION" });
  });

  it("says what was not applied where the run took another way", async () => {
    const control = new Subject<Control>();
    const { events } = await observeRun({
      settings,
      control,
      script: [
        at(1, 1, { action: "batchSize", to: 10 }),
        at(1, 4, { action: "lambda", to: 1 }),
        at(3, 0, { action: "lambda", to: 2 }),
        at(3, 1, { action: "stop" }),
      ],
      onEvent(event) {
        if (event.type === "control" && event.action === "batchSize" && event.to === 10) {
          control.next({ action: "batchSize", to: 60 });
        }
        if (event.type === "epoch:end" && event.epoch === 2) control.next({ action: "stop" });
      },
    });
    expect(ofType(events, "alert").filter(({ code }) => code === "control")).toMatchObject([
      { message: "the script's lambda was not applied in epoch 1, after batch 4: the run has no such place" },
      {
        message:
          "the script's lambda was not applied at the start of epoch 3, nor 1 more after it: the run ended before",
      },
    ]);
  });
});
