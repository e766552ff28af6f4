// Runs of the four settings made up from a seed: curves, figures and templates, with the numbers real ones come to.

import { createRandom, inputCount, RandomStream } from "@trainscope/core";
import type { CurveSpread, Spread } from "@trainscope/core/analysis";
import type { TemplateFrame } from "@trainscope/sweep/trial";
import { CLASS_NAMES, RGB, seededWeights } from "@trainscope/viz/testing";
import type { SettingResult } from "../stages/results.ts";

export const EPOCHS = Array.from({ length: 40 }, (_, index) => index + 1);
const FRAME_EPOCHS = [1, 2, 3, 4, 5, 8, 12, 20, 30, 40];
const CLASSES = CLASS_NAMES.length;

/** How a setting's values level off, and how far they are off that from epoch to epoch. */
interface MadeUpSetting {
  readonly lambda: number;
  readonly learningRate: number;
  readonly published: readonly [number, number];
  /** Train and validation, at the end and how much worse at the start. */
  readonly accuracy: readonly [number, number, number];
  readonly loss: readonly [number, number, number];
  /** The L2 term at the end. */
  readonly penalty: number;
  readonly noise: number;
}

export const MADE_UP_SETTINGS: readonly MadeUpSetting[] = [
  {
    lambda: 0,
    learningRate: 0.1,
    published: [0.269, 0.295],
    accuracy: [0.405, 0.285, 0.06],
    loss: [4.3, 7.2, -1.5],
    penalty: 0,
    noise: 1,
  },
  {
    lambda: 0,
    learningRate: 0.001,
    published: [0.384, 0.391],
    accuracy: [0.456, 0.386, 0.15],
    loss: [1.61, 1.785, 0.35],
    penalty: 0,
    noise: 0.08,
  },
  {
    lambda: 0.1,
    learningRate: 0.001,
    published: [0.388, 0.395],
    accuracy: [0.447, 0.389, 0.14],
    loss: [1.645, 1.766, 0.32],
    penalty: 0.108,
    noise: 0.08,
  },
  {
    lambda: 1,
    learningRate: 0.001,
    published: [0.367, 0.376],
    accuracy: [0.4, 0.366, 0.07],
    loss: [1.8, 1.836, 0.15],
    penalty: 0.1,
    noise: 0.08,
  },
];

export function seededSetting(setting: MadeUpSetting, seeds: readonly number[], index: number): SettingResult {
  const runs = seeds.map((seed) => seededSeries(setting, 100 * index + seed));
  const tags = Object.keys(runs[0] ?? {}).filter((tag) => !tag.startsWith("test/"));
  const curves = tags.map((tag) => [tag, curveSpread(runs.map((run) => run[tag] ?? []))] as const);
  const figures = Object.keys(runs[0] ?? {}).map(
    (tag) => [tag, spreadOf(runs.map((run) => run[tag]?.at(-1) ?? null))] as const,
  );
  const change = (run: Series): number => {
    const values = (run["validation/accuracy"] ?? []).slice(EPOCHS.length / 2);
    const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? 0)));
    return steps.reduce((sum, step) => sum + step, 0) / steps.length;
  };
  const gap = (run: Series): number =>
    (run["train/accuracy"]?.at(-1) ?? 0) - (run["validation/accuracy"]?.at(-1) ?? 0);
  return {
    lambda: setting.lambda,
    learningRate: setting.learningRate,
    batchSize: 100,
    epochs: EPOCHS,
    curves: Object.fromEntries(curves),
    figures: Object.fromEntries(figures),
    jumpiness: spreadOf(runs.map(change)),
    gap: spreadOf(runs.map(gap)),
    reasons: seeds.map(() => "completed"),
    published: setting.published,
    parameters: {
      classes: CLASSES,
      inputs: inputCount(RGB),
      weights: seededWeights(CLASSES, RGB),
      biases: new Float32Array(CLASSES),
    },
    frames: seededFrames(index),
  };
}

export type Series = Record<string, number[]>;

/** A run's values by tag, an epoch each; those of the test split at the end only. */
function seededSeries(setting: MadeUpSetting, seed: number): Series {
  const random = createRandom(12, RandomStream.sample, seed);
  const noise = (size: number): number => size * setting.noise * random.normal();
  const [trainAccuracy, validationAccuracy, climb] = setting.accuracy;
  const [trainLoss, validationLoss, fall] = setting.loss;
  const left = EPOCHS.map((epoch) => Math.exp(-epoch / 8));
  const offset = noise(0.006);
  const accuracy = (level: number, size: number): number[] =>
    left.map((part) => level - climb * part + offset + noise(size));
  const loss = (level: number, size: number): number[] => left.map((part) => level + fall * part + noise(size));
  const penalty = left.map((part) => setting.penalty * (1 - 0.6 * part));
  const train = { loss: loss(trainLoss, 0.25), accuracy: accuracy(trainAccuracy, 0.014) };
  const validation = { loss: loss(validationLoss, 0.3), accuracy: accuracy(validationAccuracy, 0.017) };
  const test = (validation.loss.at(-1) ?? 0) - 0.01;
  const withPenalty = (values: readonly number[]): number[] =>
    values.map((value, i) => value + (penalty[i] ?? 0));
  return {
    "train/loss": train.loss,
    "train/cost": withPenalty(train.loss),
    "train/accuracy": train.accuracy,
    "validation/loss": validation.loss,
    "validation/cost": withPenalty(validation.loss),
    "validation/accuracy": validation.accuracy,
    "test/loss": [test],
    "test/cost": [test + (penalty.at(-1) ?? 0)],
    "test/accuracy": [(validation.accuracy.at(-1) ?? 0) + 0.004 + noise(0.004)],
  };
}

export function spreadOf(values: readonly (number | null)[]): Spread {
  const known = values.filter((value) => value !== null);
  const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - (mean ?? 0)) ** 2, 0);
  return { values, mean, deviation: known.length < 2 ? null : Math.sqrt(squares / (known.length - 1)) };
}

/** Of one series a run. */
export function curveSpread(runs: readonly (readonly (number | null)[])[]): CurveSpread {
  const spreads = (runs[0] ?? []).map((_, i) => spreadOf(runs.map((run) => run[i] ?? null)));
  return { mean: spreads.map(({ mean }) => mean), deviation: spreads.map(({ deviation }) => deviation) };
}

/** Templates that come out of noise as the epochs go by. */
export function seededFrames(index: number): TemplateFrame[] {
  const inputs = inputCount(RGB);
  const final = seededWeights(CLASSES, RGB);
  const random = createRandom(13, RandomStream.sample, index);
  const initial = Float32Array.from(final, () => 0.01 * random.normal());
  return FRAME_EPOCHS.map((epoch) => {
    const left = Math.exp(-epoch / 6);
    const weights = final.map((weight, i) => 2 * weight * (1 - left) + (initial[i] ?? 0) * left);
    const templates = new Uint8Array(weights.length);
    for (let k = 0; k < CLASSES; k++) {
      const template = weights.subarray(k * inputs, (k + 1) * inputs);
      const [least, greatest] = [Math.min(...template), Math.max(...template)];
      templates.set(
        template.map((weight) => Math.round((255 * (weight - least)) / (greatest - least))),
        k * inputs,
      );
    }
    return { epoch, templates };
  });
}
