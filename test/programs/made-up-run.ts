// The events of a long run, made up: what a trainer with many metrics, an exporter and a person at the keys would tell.
import type { ModelParameters } from "@trainscope/core";
import type {
  ControlEvent,
  EvaluationDetailsEvent,
  EventBody,
  HookTime,
  MetricInfo,
  TrainingEvent,
} from "@trainscope/core/events";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";

export const METRICS = 12;
const SPLITS = ["train", "validation"] as const;
/** What an epoch adds to the history: a number for each of its tags. */
export const NUMBERS_PER_EPOCH = METRICS * SPLITS.length;
/** Of CIFAR-10: a byte for each pixel and colour. */
export const INPUTS = 3072;

const EPOCH_MS = 400;
const CLASSES = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");
const BATCHES = 100;
const VALIDATION = 1000;

const NAMES = ["loss", "cost", "accuracy", ...Array.from({ length: METRICS - 3 }, (_, k) => `custom-${k}`)];

const INFOS: readonly MetricInfo[] = NAMES.flatMap((name) =>
  SPLITS.map((split): MetricInfo => {
    const rises = name === "accuracy";
    const display = name === "loss" ? { baseline: Math.log(CLASSES.length) } : {};
    const unit = rises ? "fraction" : null;
    return { tag: `${split}/${name}`, name, split, direction: rises ? "max" : "min", unit, display };
  }),
);

/** Between 0 and 1, the same each time for the same numbers. */
function noise(epoch: number, place: number): number {
  const wave = Math.sin(12.9898 * epoch + 78.233 * place) * 43_758.5453;
  return wave - Math.floor(wave);
}

function at(epoch: number, ms: number, body: EventBody): TrainingEvent {
  const time = EPOCH_MS * (epoch - 1) + ms;
  return { v: 1, seq: 1000 * epoch + ms, runId: "made-up", time, ...body };
}

export function startOf(epochs: number): TrainingEvent {
  return at(0, 0, {
    type: "run:start",
    config: { ...DEFAULT_SETTINGS, epochs },
    model: { inputs: INPUTS, classes: CLASSES.length, parameters: CLASSES.length * (INPUTS + 1) },
    data: {
      name: "made-up images",
      train: 100 * BATCHES,
      validation: VALIDATION,
      test: VALIDATION,
      classes: CLASSES,
      shape: { width: 32, height: 32, channels: 3 },
    },
    metrics: INFOS,
    environment: { engine: "wasm", precision: "float32", threads: 2 },
  });
}

/** In the order of the grammar; a setting is changed in every second epoch, so that what is kept of those is soon full. */
export function eventsOfEpoch(epoch: number, epochs: number): TrainingEvent[] {
  const loss = 1.7 + 0.6 / Math.sqrt(epoch) + 0.02 * noise(epoch, 99);
  return [
    at(epoch, 0, { type: "epoch:start", epoch, epochs }),
    ...[25, 50, 75].map((batch) =>
      at(epoch, 3 * batch, { type: "progress", epoch, batch, batches: BATCHES, samplesPerSecond: 3e5, loss }),
    ),
    ...(epoch % 2 === 0 ? [at(epoch, 240, change(epoch))] : []),
    at(epoch, 320, {
      type: "epoch:end",
      epoch,
      epochs,
      learningRate: 0.001,
      metrics: Object.fromEntries(INFOS.map(({ tag }, place) => [tag, metricAt(epoch, place)])),
      timing: { trainMs: 300, evaluateMs: 20 },
    }),
    at(epoch, 330, examination(epoch)),
    ...(epoch % 50 === 0 ? [at(epoch, 340, advice(epoch))] : []),
    at(epoch, 350, { type: "plugin:times", epoch, hooks: hooks(epoch) }),
    ...(epoch % 10 === 0 ? [at(epoch, 360, artifact(epoch))] : []),
  ];
}

/** Falls, with noise; now and then there is none. */
function metricAt(epoch: number, place: number): number | null {
  if (noise(epoch, place + 0.5) < 0.001) return null;
  const value = 0.3 + 1 / Math.sqrt(epoch) + 0.05 * noise(epoch, place);
  return NAMES[place >> 1] === "accuracy" ? 1 - value / 2 : 1.4 + value;
}

function change(epoch: number): Omit<ControlEvent, "v" | "seq" | "runId" | "time"> {
  const [from, to] = epoch % 4 === 0 ? [0.002, 0.001] : [0.001, 0.002];
  return { type: "control", action: "learningRate", from, to, epoch, batch: 80 };
}

function advice(epoch: number): EventBody {
  return {
    type: "alert",
    level: "warning",
    code: "overfitting",
    message: `the gap grows since epoch ${epoch}`,
  };
}

function artifact(epoch: number): EventBody {
  const path = `runs/made-up/artifacts/curves-${epoch}.png`;
  return { type: "artifact", plugin: "curves", kind: "curves", title: `after epoch ${epoch}`, path };
}

function hooks(epoch: number): HookTime[] {
  return NAMES.flatMap((plugin) =>
    ["update", "result"].map((hook) => {
      return { plugin, hook, calls: epoch * BATCHES, milliseconds: epoch / 10, failures: 0 };
    }),
  );
}

function examination(epoch: number): Omit<EvaluationDetailsEvent, "v" | "seq" | "runId" | "time"> {
  const images = (right: boolean, i: number, j: number): number =>
    Math.floor((right ? 40 : 6) + 4 * noise(epoch, CLASSES.length * i + j));
  return {
    type: "examination",
    epoch,
    split: "validation",
    confusion: CLASSES.map((_, i) => CLASSES.map((_, j) => images(i === j, i, j))),
    trueClass: {
      right: Array.from({ length: 20 }, (_, bin) => Math.floor(20 * noise(epoch, bin))),
      wrong: Array.from({ length: 20 }, (_, bin) => Math.floor(20 * noise(epoch, bin + 20))),
    },
    mistakes: Array.from({ length: 24 }, (_, place) => ({
      index: Math.floor(VALIDATION * noise(epoch, place)),
      label: place % CLASSES.length,
      probabilities: CLASSES.map((_, k) => (k === (place + 1) % CLASSES.length ? 0.82 : 0.02)),
    })),
  };
}

/** A model whose templates move a little from epoch to epoch. */
export function createParameters(): { readonly parameters: ModelParameters; move(epoch: number): void } {
  const weights = Float32Array.from({ length: CLASSES.length * INPUTS }, (_, i) => noise(1, i) - 0.5);
  const biases = new Float32Array(CLASSES.length);
  return {
    parameters: { classes: CLASSES.length, inputs: INPUTS, weights, biases },
    move(epoch) {
      for (let i = epoch % 16; i < weights.length; i += 16) weights[i] = noise(epoch, i) - 0.5;
    },
  };
}
