import fc from "fast-check";
import { lastValueFrom, toArray } from "rxjs";
import { describe, expect, it } from "vitest";
import type { LabelledImages } from "../data/dataset.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import type { AlertEvent, EpochEndEvent, MetricValues } from "../events.ts";
import { createRandom, RandomStream } from "../random/random.ts";
import { resolveSettings, type TrainSettings } from "../settings/settings.ts";
import { REAL_CURVES, type RealCurves } from "../testing/real-curves.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import type { Advice } from "./advice/alert-rules.ts";
import { createAdviser } from "./adviser.ts";
import { train } from "./train.ts";

type Epoch = Pick<EpochEndEvent, "epoch" | "learningRate" | "metrics">;
interface Told extends Advice {
  readonly epoch: number;
}

/** All that is said of the epochs, and after which. */
function listen(epochs: readonly Epoch[], settings: Partial<TrainSettings> = {}, classes = 10): Told[] {
  const adviser = createAdviser(classes);
  const resolved = resolveSettings(settings);
  return epochs.flatMap((event) =>
    adviser.add(event, resolved).map((advice) => ({ epoch: event.epoch, ...advice })),
  );
}

function epochsOf(metrics: readonly MetricValues[], learningRate = 0.001): Epoch[] {
  return metrics.map((values, i) => ({ epoch: i + 1, learningRate, metrics: values }));
}

function replay(name: keyof typeof REAL_CURVES): Told[] {
  const curves: RealCurves = REAL_CURVES[name];
  const epochs = curves.trainLoss.map((loss, i) => ({
    epoch: i + 1,
    learningRate: curves.learningRates?.[i] ?? curves.settings.learningRate ?? 0.001,
    metrics: {
      "train/loss": loss,
      "train/cost": curves.trainCost?.[i] ?? loss,
      "train/accuracy": curves.trainAccuracy[i] ?? null,
      "validation/loss": curves.validationLoss[i] ?? null,
    },
  }));
  return listen(epochs, curves.settings);
}

const losses = (values: readonly number[]): MetricValues[] => values.map((value) => ({ "train/loss": value }));

/** Losses of a model that learns, beside which one thing is tried. */
const learning = (epochs: number): number[] => Array.from({ length: epochs }, (_, i) => 2 * 0.97 ** i);

describe("of real curves", () => {
  it.each([
    ["lambda 0, eta 0.1", 3],
    ["lambda 0, eta 0.1, seed 1", 3],
    ["lambda 0, eta 0.1, seed 2", 4],
    ["lambda 0, eta 0.1, seed 3", 4],
    ["lambda 0, eta 0.03", 4],
    ["lambda 0, eta 0.1, batch 500", 5],
    ["svm, eta 0.01", 4],
    ["bce, eta 1", 8],
    ["cyclical up to 0.05", 4],
    ["sample, eta 0.1", 3],
    ["lambda 1000, eta 0.001", 3],
  ] as const)("%s: the learning rate is too high, said after epoch %i", (name, epoch) => {
    expect(replay(name)).toMatchObject([{ epoch, level: "warning", code: "learning-rate-high" }]);
  });

  it.each([
    ["lambda 0, eta 0.01", 21],
    ["lambda 0, eta 0.001, every third epoch of 150", 42],
    ["sample, lambda 0, every eighth epoch of 400", 33],
  ] as const)("%s: overfitting, said after epoch %i", (name, epoch) => {
    expect(replay(name)).toMatchObject([{ epoch, level: "warning", code: "overfitting" }]);
  });

  it.each([
    ["eta 1e-8", /learning rate 1e-8 is too low; try 0.001$/],
    ["eta 1e-6", /learning rate 0.000001 is too low; try 0.001$/],
    ["bce, eta 1e-7", /learning rate 1e-7 is too low/],
    ["svm, eta 1e-8", /learning rate 1e-8 is too low/],
    ["lambda 1000, eta 0.0001", /lambda 1000 is so high that it leaves no weights; try 0.1$/],
    ["lambda 1000, eta 1e-6", /lambda 1000 is so high/],
    ["bce, lambda 1000, eta 0.0001", /lambda 1000 is so high/],
  ] as const)("%s: nothing is learned, and which of the two it is", (name, words) => {
    const told = replay(name);
    expect(told).toMatchObject([{ level: "warning", code: "not-learning" }]);
    expect(told[0]?.message).toMatch(words);
  });

  it.each([
    "lambda 0, eta 0.001",
    "lambda 0.1, eta 0.001",
    "lambda 1, eta 0.001",
    "sample",
    "sample, seed 1",
    "batch 20",
    "batch 20, lambda 1",
    "cyclical up to 0.01",
    "sample, cyclical up to 0.01",
    "eta 1e-5",
    "lambda 100, eta 0.001",
    "bce, eta 0.1",
  ] as const)("%s: there is nothing to say", (name) => {
    expect(replay(name)).toEqual([]);
  });

  it("says what is seen and what to try, with numbers", () => {
    expect(replay("lambda 0, eta 0.1")[0]?.message).toBe(
      "the training loss jumps from epoch to epoch (5.32, 7.39, 6.05): " +
        "the learning rate 0.1 is too high; try 0.01",
    );
    expect(replay("lambda 0, eta 0.01")[0]?.message).toBe(
      "the training loss still falls, but the validation loss has risen since epoch 9 (1.830, now 1.871): " +
        "try a larger lambda (now 0), such as 0.1, or stop at the best epoch with --keep best",
    );
    expect(replay("eta 1e-8")[0]?.message).toBe(
      "nothing is being learned: after epoch 6 the training loss is 2.47, and guessing gives 2.30: " +
        "the learning rate 1e-8 is too low; try 0.001",
    );
  });
});

/** What is said in a run whose labels are drawn at random, so that there is nothing to learn but by heart. */
async function trainOnNoise(settings: Partial<TrainSettings>, images: number): Promise<AlertEvent[]> {
  const dataset = createTinyDataset({ train: images });
  const { integer } = createRandom(5, RandomStream.sample, 9);
  const relabel = (split: LabelledImages) => ({ ...split, labels: split.labels.map(() => integer(3)) });
  const events = await lastValueFrom(
    train({
      dataset: { ...dataset, train: relabel(dataset.train), validation: relabel(dataset.validation) },
      settings: { batchSize: 20, ...settings },
      engine: createReferenceEngine,
    }).pipe(toArray()),
  );
  expect(events.at(-1)).toMatchObject({ reason: "completed" });
  return events.filter((event) => event.type === "alert");
}

describe("in runs that are trained here", () => {
  it.each([
    ["learning-rate-high", 600, { learningRate: 3, lambda: 0, epochs: 8 }],
    ["overfitting", 60, { learningRate: 0.05, lambda: 0, epochs: 60 }],
    ["not-learning", 60, { learningRate: 1e-8, epochs: 8 }],
    ["not-learning", 60, { learningRate: 1e-4, lambda: 1000, epochs: 20 }],
  ] as const)("%s, on %i images", async (code, images, settings) => {
    expect(await trainOnNoise(settings, images)).toMatchObject([{ level: "warning", code }]);
  });
});

describe("each thing is said once", () => {
  const jumping = [2, 3, 2, 3, 2, 3];

  it("while it lasts, and again when it has passed and come back", () => {
    const again = [...jumping, ...learning(12), ...jumping];
    const epochs = listen(epochsOf(losses(again))).map(({ epoch }) => epoch);
    expect(epochs).toHaveLength(2);
    expect(epochs[0]).toBeLessThanOrEqual(6);
    expect(epochs[1]).toBeGreaterThan(18);
  });

  it("and again under another learning rate, lambda or batch size, as far as it is seen under that", () => {
    const adviser = createAdviser(10);
    const told: string[] = [];
    const series = [
      { learningRate: 0.1 },
      { learningRate: 0.05 },
      { learningRate: 0.05, lambda: 1 },
      { learningRate: 0.05, lambda: 1, batchSize: 10 },
    ];
    for (const settings of series) {
      const codes = epochsOf(losses(jumping)).map(
        (event) => adviser.add(event, resolveSettings(settings)).length,
      );
      expect(codes.slice(0, 2)).toEqual([0, 0]);
      told.push(String(codes.reduce((sum, count) => sum + count)));
    }
    expect(told).toEqual(["1", "1", "1", "1"]);
  });

  it("overfitting again where the validation loss has been better in between", () => {
    const rising = (i: number): number => 2 + 0.02 * Math.max(0, i - 5);
    const metrics = Array.from({ length: 30 }, (_, i) => ({
      "train/loss": 2 - 0.02 * i,
      "validation/loss": i < 15 ? rising(i) : rising(i - 15) - 0.5,
    }));
    const told = listen(epochsOf(metrics));
    expect(told.map(({ code }) => code)).toEqual(["overfitting", "overfitting"]);
    expect(told.map(({ epoch }) => Math.ceil(epoch / 15))).toEqual([1, 2]);
  });

  it("more epochs to go are no other settings", () => {
    const adviser = createAdviser(10);
    const advice = epochsOf(losses([...jumping, ...jumping])).flatMap((event) =>
      adviser.add(event, resolveSettings({ epochs: 40 + event.epoch })),
    );
    expect(advice).toHaveLength(1);
  });

  it("overfitting is not said of a loss that jumps", () => {
    const metrics = Array.from({ length: 40 }, (_, i) => ({
      "train/loss": (i % 2 === 0 ? 2 : 3) * 0.98 ** i,
      "validation/loss": 3 + 0.05 * i,
    }));
    expect(listen(epochsOf(metrics)).map(({ code }) => code)).toEqual(["learning-rate-high"]);
  });
});

describe("it holds back", () => {
  it("where the loss rises and the cost falls: lambda trades one for the other", () => {
    const metrics = Array.from({ length: 10 }, (_, i) => ({
      "train/loss": 1 + 0.2 * i,
      "train/cost": 9 - 0.3 * i,
    }));
    expect(listen(epochsOf(metrics))).toEqual([]);
    const rising = metrics.map((values) => ({ ...values, "train/cost": values["train/loss"] }));
    expect(listen(epochsOf(rising))).toMatchObject([{ code: "learning-rate-high" }]);
  });

  it("where a schedule raises the rate and the loss with it, but not where the rate stays", () => {
    const values = [2, 2.2, 2.4, 2.6, 2.4, 2.2, 2];
    const rates = [1, 2, 3, 4, 3, 2, 1];
    const epochs = epochsOf(losses(values));
    expect(listen(epochs.map((event, i) => ({ ...event, learningRate: 0.01 * (rates[i] ?? 0) })))).toEqual([]);
    expect(listen(epochs)).toMatchObject([{ code: "learning-rate-high" }]);
  });

  it("where a loss near 0 doubles", () => {
    const values = [2, 0.4, 0.05, 0.01, 0.005, 0.01, 0.005, 0.01, 0.005];
    expect(listen(epochsOf(losses(values)))).toEqual([]);
  });

  it("where the newest validation loss is the best of all, whatever those before were", () => {
    const metrics = [2, 2, 2, 2, 2, 2.05, 2.05, 2.05, 2.05, 1.99].map((value, i) => ({
      "train/loss": 2 - 0.02 * i,
      "validation/loss": value,
    }));
    expect(listen(epochsOf(metrics))).toEqual([]);
    const risen = metrics.with(9, { "train/loss": 1.82, "validation/loss": 2.05 });
    expect(listen(epochsOf(risen))).toMatchObject([{ epoch: 10, code: "overfitting" }]);
  });

  it("keep best is no advice where it is kept already", () => {
    const metrics = Array.from({ length: 30 }, (_, i) => ({
      "train/loss": 2 - 0.02 * i,
      "validation/loss": 2 + 0.0005 * (i - 8) ** 2,
    }));
    const [advice] = listen(epochsOf(metrics), { keep: "best", lambda: 0.01 });
    expect(advice?.message).toMatch(/: try a larger lambda \(now 0.01\), such as 0.1$/);
  });

  it("weights that lambda has pulled to 0 may order the classes rightly, and are gone all the same", () => {
    const metrics = new Array(6).fill({ "train/loss": 2.3, "train/cost": 2.3001, "train/accuracy": 0.6 });
    expect(listen(epochsOf(metrics), { lambda: 1000 })).toMatchObject([{ code: "not-learning" }]);
    expect(listen(epochsOf(metrics), { lambda: 0 })).toEqual([]);
  });

  it("the loss of guessing says nothing of a model whose accuracy grows", () => {
    const metrics = Array.from({ length: 12 }, (_, i) => ({
      "train/loss": 2.31,
      "train/accuracy": 0.2 + 0.01 * i,
    }));
    expect(listen(epochsOf(metrics))).toEqual([]);
  });
});

describe("whatever the curves are", () => {
  const loss = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  const maybe = fc.option(fc.oneof(fc.double(), loss));
  const tags = ["train/loss", "train/cost", "train/accuracy", "validation/loss", "train/f1"];

  it("a training loss that falls, at any scale, is no sign of too high a learning rate", () => {
    fc.assert(
      fc.property(fc.array(loss, { maxLength: 60 }), loss, (values, scale) => {
        const falling = values.toSorted((a, b) => b - a).map((value) => value * scale);
        const codes = listen(epochsOf(losses(falling))).map(({ code }) => code);
        expect(codes).not.toContain("learning-rate-high");
      }),
    );
  });

  it("when it warns of the learning rate and of overfitting does not depend on the scale of the loss", () => {
    const placesOf = (values: readonly number[], scale: number): string[] => {
      const metrics = values.map((value, i) => ({
        "train/loss": value * scale,
        "validation/loss": (values[i + 1] ?? value) * scale,
      }));
      const told = listen(epochsOf(metrics)).filter(({ code }) => code !== "not-learning");
      return told.map(({ epoch, code }) => `${epoch} ${code}`);
    };
    // Powers of two change no digit. Losses above 20, where none is that of guessing.
    const walk = fc.array(fc.double({ min: 32, max: 48, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(walk, fc.integer({ min: 0, max: 20 }), (values, power) => {
        expect(placesOf(values, 2 ** power)).toEqual(placesOf(values, 1));
      }),
    );
  });

  it("figures that are missing or strange are no trouble, and none of them gets into words", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.constantFrom(...tags), maybe), { maxLength: 40 }),
        fc.constantFrom("softmax", "bce", "svm"),
        fc.integer({ min: 1, max: 12 }),
        (metrics, lossName, classes) => {
          const told = listen(epochsOf(metrics), { loss: lossName }, classes);
          for (const { message } of told) expect(message).not.toMatch(/NaN|Infinity|undefined|null/);
        },
      ),
    );
  });

  it("of a run without figures it says nothing", () => {
    expect(listen(epochsOf(new Array(40).fill({ "train/loss": null, "validation/loss": null })))).toEqual([]);
    expect(listen(epochsOf(new Array(40).fill({})))).toEqual([]);
  });
});
