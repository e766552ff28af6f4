// A run as TensorBoard's event file: figures as scalars, weights as images and histograms, matrices as images, settings as
// hyperparameters.
import type { ImageShape, ModelParameters, StreamExporter } from "@trainscope/core";
import type { EpochEndEvent, MetricMatrix, RunStartEvent, TrainingEvent } from "@trainscope/core/events";
import { type Pixels, templatePixels } from "@trainscope/core/pixels";
import {
  eventFileName,
  eventRecord,
  fileHeader,
  type Histogram,
  type TensorBoardValue,
} from "@trainscope/formats/tensorboard";
import { encodePixels, enlargePixels, matrixPixels } from "@trainscope/viz/parts";
import { type Recorder, recordingExporter } from "./recording-exporter.ts";
import { WeightFrames } from "./weight-frames.ts";

/** Epochs whose weights are in the file, at the most: of a tag TensorBoard shows some ten pictures. */
export const MOST_FRAMES = 20;
const BINS = 30;
/** Pixels: of a matrix' entry each way, and of a template's width at least. */
const ENTRY = 16;
const TEMPLATE_WIDTH = 128;

/**
 * Writes `tensorboard/events.out.tfevents...`, also with the confusion matrix of the validation split. Weights are those of at
 * most twenty epochs, evenly spread.
 */
export function tensorBoardExporter(): StreamExporter {
  return recordingExporter({
    name: "tensorboard",
    file: `tensorboard/${eventFileName(Date.now() / 1000, "trainscope")}`,
    kind: "figures",
    title: "The run for TensorBoard",
    examine: true,
    create: () => new TensorBoardFile(),
  });
}

/** An event file, made of a run's events as they come. */
export class TensorBoardFile implements Recorder {
  private readonly records: Uint8Array[] = [];
  private readonly frames = new WeightFrames(MOST_FRAMES);
  /** By epoch, in seconds since 1970. */
  private readonly times = new Map<number, number>();
  private start: RunStartEvent | undefined;
  private time = 0;

  take(event: TrainingEvent): void {
    this.time = event.time / 1000;
    switch (event.type) {
      case "run:start":
        this.begin(event);
        return;
      case "epoch:end":
        this.addEpoch(event);
        return;
      case "metric:result":
        if (event.value.kind === "matrix")
          this.add(event.epoch, [imageOf(event.tag, matrix(event.value.rows))]);
        return;
      case "examination":
        this.add(event.epoch, [imageOf(`${event.split}/confusion`, matrix(shares(event.confusion)))]);
        return;
      case "run:end":
        this.add(
          event.epochs,
          scalars(Object.entries(event.metrics).filter(([tag]) => tag.startsWith("test/"))),
        );
    }
  }

  takeWeights(epoch: number, parameters: ModelParameters): void {
    this.frames.add({ epoch, parameters });
  }

  content(): Uint8Array | undefined {
    const { start, records } = this;
    if (start === undefined) return undefined;
    const ofWeights = this.frames.all().map(({ epoch, parameters }) =>
      eventRecord({
        wallTime: this.times.get(epoch) ?? this.time,
        step: epoch,
        values: [...pictures(parameters, start.data), histogramOf("weights", parameters.weights)],
      }),
    );
    return Buffer.concat([...records, ...ofWeights]);
  }

  private begin(event: RunStartEvent): void {
    if (this.start !== undefined) return;
    this.start = event;
    this.records.push(fileHeader(this.time));
    const values = Object.fromEntries(
      Object.entries(event.config).map(([name, value]) => [name, plain(value)]),
    );
    this.add(0, [{ kind: "hparams", values }]);
  }

  private addEpoch({ epoch, metrics, learningRate }: EpochEndEvent): void {
    this.times.set(epoch, this.time);
    this.add(epoch, scalars([...Object.entries(metrics), ["learning_rate", learningRate]]));
  }

  private add(step: number, values: readonly TensorBoardValue[]): void {
    if (values.length > 0) this.records.push(eventRecord({ wallTime: this.time, step, values }));
  }
}

function scalars(figures: readonly (readonly [string, number | null])[]): readonly TensorBoardValue[] {
  return figures.flatMap(([tag, value]) => (value === null ? [] : [{ kind: "scalar", tag, value }]));
}

/** A setting as TensorBoard's table has it. */
function plain(value: unknown): string | number | boolean {
  return typeof value === "number" || typeof value === "boolean" || typeof value === "string"
    ? value
    : JSON.stringify(value);
}

/** A picture for each class; none where nobody could see what the inputs are. */
function pictures(
  { inputs, weights }: Pick<ModelParameters, "inputs" | "weights">,
  data: RunStartEvent["data"],
): readonly TensorBoardValue[] {
  if (data === undefined || !isPicture(data.shape)) return [];
  const { shape, classes } = data;
  return classes.map((name, k) => {
    const template = templatePixels(weights.subarray(k * inputs, (k + 1) * inputs), shape);
    return imageOf(`weights/${name}`, enlargePixels(template, Math.ceil(TEMPLATE_WIDTH / shape.width)));
  });
}

function isPicture({ channels }: ImageShape): boolean {
  return channels === 1 || channels === 3;
}

function matrix(rows: MetricMatrix["rows"]): Pixels {
  return enlargePixels(matrixPixels(rows), ENTRY);
}

/** Of each true class's images, the share that was answered so. */
function shares(counts: readonly (readonly number[])[]): MetricMatrix["rows"] {
  return counts.map((row) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (all === 0 ? null : count / all));
  });
}

function imageOf(tag: string, pixels: Pixels): TensorBoardValue {
  return { kind: "image", tag, width: pixels.width, height: pixels.height, bytes: encodePixels(pixels) };
}

/** What is no finite number is left out. */
function histogramOf(tag: string, values: ModelParameters["weights"]): Histogram {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  if (least > greatest) [least, greatest] = [0, 0];
  const width = (greatest - least) / BINS || 1;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(BINS - 1, Math.floor((value - least) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    kind: "histogram",
    tag,
    edges: Array.from({ length: BINS + 1 }, (_, bin) => least + bin * width),
    counts,
  };
}
