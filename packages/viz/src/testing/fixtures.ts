// Runs made up from a seed, to draw in tests: smooth where training is smooth, noisy where it is noisy.
import {
  createRandom,
  type History,
  type ImageShape,
  inputCount,
  RandomStream,
  type RunContext,
} from "@trainscope/core";
import type { Mistake } from "@trainscope/core/analysis";
import type { ControlEvent, MetricInfo, MetricValues, TrainingEvent } from "@trainscope/core/events";
import { appendValues, createHistory } from "@trainscope/core/history";
import { resolveSettings } from "@trainscope/core/settings";

export const CLASS_NAMES = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");
export const RGB: ImageShape = { width: 32, height: 32, channels: 3 };
export const TEST_IMAGES = 10_000;

export const METRICS: readonly MetricInfo[] = [
  metric("loss", { unit: "nats", display: { baseline: Math.log(10) } }),
  metric("cost", {}),
  metric("accuracy", { direction: "max", unit: "fraction", display: { baseline: 0.1, range: [0, 1] } }),
].flatMap((info) => (["train", "validation"] as const).map((split) => ({ ...info, split })));

export function metric(name: string, info: Partial<MetricInfo>): MetricInfo {
  return { tag: `train/${name}`, name, split: "train", direction: "min", unit: null, display: {}, ...info };
}

/** Loss, cost and accuracy that level off as a linear classifier's do. */
export function seededHistory(epochs: number): History {
  const history = createHistory();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const timing = { trainMs: 1, evaluateMs: 1 };
    const header = { v: 1, seq: epoch, runId: "run-1", time: 0 } as const;
    const event = { ...header, type: "epoch:end", epoch, epochs, learningRate: 0.001, timing } as const;
    appendValues(history, { ...event, metrics: seededMetrics(epoch) });
  }
  return history;
}

export function seededMetrics(epoch: number): MetricValues {
  const random = createRandom(1, RandomStream.sample, epoch);
  const left = Math.exp(-epoch / 9);
  const noise = (size: number) => size * random.normal();
  const train = 1.65 + 0.33 * left + noise(0.002);
  const validation = 1.79 + 0.22 * left + noise(0.004);
  const penalty = 0.1 + 0.2 * left;
  return {
    "train/loss": train,
    "train/cost": train + penalty,
    "train/accuracy": 0.44 - 0.14 * left + noise(0.002),
    "validation/loss": validation,
    "validation/cost": validation + penalty,
    "validation/accuracy": 0.385 - 0.1 * left + noise(0.003),
  };
}

/** One template a class: a soft coloured blob under noise, `classes x inputs`. */
export function seededWeights(classes: number, shape: ImageShape): Float32Array {
  const { width, height, channels } = shape;
  const inputs = inputCount(shape);
  const weights = new Float32Array(classes * inputs);
  for (let k = 0; k < classes; k++) {
    const random = createRandom(2, RandomStream.sample, k);
    const [x0, y0] = [width * random.uniform(), height * random.uniform()];
    const colour = Array.from({ length: channels }, () => random.normal());
    for (let i = 0; i < inputs; i++) {
      const [x, y] = [i % width, Math.floor(i / width) % height];
      const distance = ((x - x0) / width) ** 2 + ((y - y0) / height) ** 2;
      const blob = (colour[Math.floor(i / (width * height))] ?? 0) * Math.exp(-8 * distance);
      weights[k * inputs + i] = 0.01 * (blob + 0.25 * random.normal());
    }
  }
  return weights;
}

/** `n x inputs` bytes: the templates, as images. */
export function seededImages(count: number, shape: ImageShape): Uint8Array {
  return Uint8Array.from(seededWeights(count, shape), (weight) =>
    Math.max(0, Math.min(255, 128 + 9000 * weight)),
  );
}

export function seededMistakes(count: number, seed = 1): Mistake[] {
  const random = createRandom(15, RandomStream.sample, seed);
  const images = seededImages(count, RGB);
  const inputs = inputCount(RGB);
  return Array.from({ length: count }, (_, place) => {
    const label = Math.floor(CLASS_NAMES.length * random.uniform());
    const answer = (label + 1 + Math.floor((CLASS_NAMES.length - 1) * random.uniform())) % CLASS_NAMES.length;
    const answerProbability = 0.99 - 0.008 * place;
    return {
      index: Math.floor(TEST_IMAGES * random.uniform()),
      image: images.slice(place * inputs, (place + 1) * inputs),
      label: CLASS_NAMES[label] ?? "",
      answer: CLASS_NAMES[answer] ?? "",
      answerProbability,
      labelProbability: (1 - answerProbability) * random.uniform(),
    };
  });
}

export interface StreamOptions {
  readonly epochs: number;
  readonly reason?: "completed" | "stopped";
  readonly metrics?: readonly MetricInfo[];
  readonly controls?: readonly Pick<ControlEvent, "action" | "from" | "to" | "epoch">[];
  readonly testMetrics?: MetricValues;
  /** The last where left out. */
  readonly keptEpoch?: number;
}

/** The events of a run, as they would be delivered. */
export function runEvents(options: StreamOptions): TrainingEvent[] {
  const { epochs, reason = "completed", metrics = METRICS, controls = [] } = options;
  const { testMetrics = { "test/accuracy": 0.39 }, keptEpoch = epochs || null } = options;
  let seq = 0;
  const header = () => ({ v: 1 as const, seq: seq++, runId: "run-1", time: 0 });
  const config = resolveSettings({ epochs: Math.max(1, epochs) });
  const data = { name: "seeded", train: 100, validation: 100, test: 100, classes: CLASS_NAMES, shape: RGB };
  const model = { inputs: inputCount(RGB), classes: 10, parameters: 30_730 };
  const environment = { engine: "reference", precision: "float64" as const, threads: 1 };
  const newest = epochs === 0 ? {} : seededMetrics(epochs);
  return [
    { ...header(), type: "run:start", config, model, data, metrics, environment },
    ...Array.from({ length: epochs }, (_, index): TrainingEvent => {
      const epoch = index + 1;
      const timing = { trainMs: 1, evaluateMs: 1 };
      const values = seededMetrics(epoch);
      return { ...header(), type: "epoch:end", epoch, epochs, learningRate: 0.001, metrics: values, timing };
    }),
    ...controls.map((control): TrainingEvent => ({ ...header(), type: "control", batch: 1, ...control })),
    { ...header(), type: "run:end", reason, epochs, keptEpoch, metrics: { ...newest, ...testMetrics } },
  ] as TrainingEvent[];
}

export interface RecordingContext extends RunContext {
  readonly files: Map<string, Uint8Array | string>;
  readonly weights: Float32Array;
}

/** A run's context that keeps in memory what is written. */
export function recordingContext(dataName = "seeded"): RecordingContext {
  const files = new Map<string, Uint8Array | string>();
  const weights = seededWeights(10, RGB);
  const write = async (name: string, content: Uint8Array | string): Promise<string> => {
    files.set(name, content);
    return `artifacts/${name}`;
  };
  const parameters = () => ({ classes: 10, inputs: inputCount(RGB), weights, biases: new Float32Array(10) });
  return {
    runId: "run-1",
    dataName,
    classNames: CLASS_NAMES,
    shape: RGB,
    files,
    weights,
    parameters,
    classifier: () => ({
      classNames: CLASS_NAMES,
      shape: RGB,
      loss: "softmax",
      parameters: parameters(),
      statistics: {
        means: new Float64Array(inputCount(RGB)),
        deviations: new Float64Array(inputCount(RGB)).fill(1),
      },
    }),
    write,
    append: (name, text) => write(name, `${files.get(name) ?? ""}${text}`),
  };
}
