// A run told in plain sentences, for a screen reader: no tables, no signs, nothing that is drawn over.

import type { Split } from "@trainscope/core";
import type {
  Axis,
  ControlEvent,
  EpochEndEvent,
  MetricInfo,
  PointEvent,
  RunStartEvent,
  TrainingEvent,
} from "@trainscope/core/events";
import { SPLITS } from "@trainscope/core/events";
import { axisOf, type ValuesEvent } from "@trainscope/core/history";
import { withMetricsOf } from "@trainscope/core/records";
import {
  createPace,
  endEpoch,
  type Pace,
  pausePace,
  resumePace,
  startEpoch,
  timeLeft,
} from "../dashboard/model/pace.ts";
import { describeEvent, isRoutine } from "../text/describe-event.ts";
import { formatCount, formatSetting, formatX } from "../text/format.ts";
import { type Formats, formatMetric } from "../text/format-metric.ts";

/** Between two epochs that are told: a person listens to a sentence for about as long. */
const QUIET_MS = 8000;

/** What a pause begins or ends with. */
const MODES: ReadonlySet<ControlEvent["action"]> = new Set(["pause", "resume", "step", "stop"]);

export class Narrator {
  private readonly formats: Formats;
  private metrics: readonly MetricInfo[] = [];
  private axis: Axis = "epoch";
  private newest: ValuesEvent | undefined;
  private hasEnded = false;
  private pace: Pace = createPace();
  private isPaused = false;
  /** As it is now: in the midst of an epoch it may be another than that of the last one told. */
  private learningRate: number | undefined;
  private spokenAt = Number.NEGATIVE_INFINITY;
  /** The newest figures were left to wait. */
  private isUnspoken = false;
  private heardAt: number | undefined;

  constructor(formats: Formats) {
    this.formats = formats;
  }

  /** What is to be said of an event; nothing where it can wait. */
  tell(event: TrainingEvent): readonly string[] {
    const before = this.heardAt ?? event.time;
    this.heardAt = event.time;
    switch (event.type) {
      case "run:start":
        this.metrics = event.metrics;
        this.axis = axisOf(event);
        return [introduction(event)];
      case "epoch:start":
        this.pace = startEpoch(this.pace, event.time);
        return [];
      case "epoch:end":
        return this.takeEpoch(event);
      case "point":
        return this.takePoint(event);
      case "run:resume":
        // Nobody trained in between.
        this.pace = resumePace(pausePace(this.pace, Math.min(before, event.time)), event.time);
        this.isPaused = false;
        return said(event);
      case "control":
        this.follow(event);
        return said(event);
      case "run:end":
        this.hasEnded = true;
        return [...this.last(), ...said(event), ...spoken([this.figures(event, "test")])];
      default:
        return said(event);
    }
  }

  /** Where the run stands. */
  status(): string {
    if (this.hasEnded) return "The run has ended.";
    if (this.newest === undefined) {
      return this.axis === "step" ? "No step has been told of yet." : "The first epoch is still running.";
    }
    const rate = this.learningRate ?? this.newest.learningRate ?? 0;
    const rateText = rate > 0 ? ` Learning rate ${formatSetting(rate)}.` : "";
    return `${this.tellValues(this.newest)}${rateText}${this.isPaused ? " Paused." : ""}`;
  }

  /** At the end, the newest figures where they were left to wait. */
  last(): readonly string[] {
    if (!this.isUnspoken || this.newest === undefined) return [];
    this.isUnspoken = false;
    return [this.tellValues(this.newest)];
  }

  private takeEpoch(event: EpochEndEvent): readonly string[] {
    this.newest = event;
    this.metrics = withMetricsOf(this.metrics, event.metrics);
    this.learningRate = undefined;
    this.pace = endEpoch(this.pace, event.time, event.timing.trainMs);
    this.isUnspoken = true;
    const isFirstOrLast = event.epoch === 1 || event.epoch === event.epochs;
    return isFirstOrLast || this.isDue(event) ? this.tellNow(event) : [];
  }

  private takePoint(event: PointEvent): readonly string[] {
    // Splits come one after the other: what was told of the others last still stands.
    this.newest = { ...event, metrics: { ...this.newest?.metrics, ...event.metrics } };
    this.metrics = withMetricsOf(this.metrics, event.metrics);
    this.isUnspoken = true;
    return this.isDue(event) ? this.tellNow(event) : [];
  }

  private isDue({ time }: ValuesEvent): boolean {
    // A clock that was set back is no reason to be silent until it is there again.
    return Math.abs(time - this.spokenAt) >= QUIET_MS;
  }

  private tellNow({ time }: ValuesEvent): readonly string[] {
    this.spokenAt = time;
    return this.last();
  }

  /** Settings may be changed during a pause, which goes on. */
  private follow({ action, to, time }: ControlEvent): void {
    if (action === "learningRate" && typeof to === "number") this.learningRate = to;
    if (!MODES.has(action)) return;
    this.isPaused = action === "pause";
    this.pace = this.isPaused ? pausePace(this.pace, time) : resumePace(this.pace, time);
  }

  private tellValues(event: ValuesEvent): string {
    const where = event.type === "point" ? this.tellPoint(event) : this.tellEpoch(event);
    // The run's own test figures come at its end.
    const hasTest = Object.keys(event.metrics).some((tag) => tag.startsWith("test/"));
    const splits: readonly Split[] = hasTest ? SPLITS : ["train", "validation"];
    const left = event.type === "epoch:end" ? this.tellTimeLeft(event) : "";
    return spoken([where, ...splits.map((split) => this.figures(event, split)), left]).join(" ");
  }

  private tellPoint({ x }: PointEvent): string {
    return `${this.axis === "step" ? "Step" : "Epoch"} ${formatX(x)}.`;
  }

  private tellEpoch({ epoch, epochs }: EpochEndEvent): string {
    return epochs > 0 ? `Epoch ${epoch} of ${epochs}.` : `Epoch ${epoch}.`;
  }

  private tellTimeLeft({ epoch, epochs, time }: EpochEndEvent): string {
    if (epochs > 0 && epoch >= epochs) return "";
    const left = timeLeft(this.pace, { epoch, epochs, fraction: 0, time });
    return left === undefined ? "" : `About ${inWords(left)} left.`;
  }

  private figures({ metrics }: Pick<ValuesEvent, "metrics">, split: Split): string {
    const values = this.metrics
      // The cost is close to the loss, and a listener's time is short.
      .filter((metric) => metric.split === split && metric.name !== "cost")
      .map((metric) => `${metric.name} ${valueInWords(metric, metrics[metric.tag], this.formats)}`);
    return values.length === 0 ? "" : `${SPLIT_WORDS[split]} ${values.join(", ")}.`;
  }
}

function spoken(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== "");
}

const SPLIT_WORDS: Readonly<Record<Split, string>> = {
  train: "Training",
  validation: "Validation",
  test: "Test",
};

/** Of what isn't known nothing is said. */
function introduction({ data, config, environment }: RunStartEvent): string {
  const { epochs, batchSize, learningRate, lambda } = config;
  const batches = batchSize === undefined ? "" : ` of batches of ${batchSize}`;
  const sizes = listed([
    data && `${formatCount(data.train)} images`,
    epochs === undefined ? undefined : `${epochs} epochs${batches}`,
  ]);
  const settings = listed([
    learningRate === undefined ? undefined : `learning rate ${formatSetting(learningRate)}`,
    lambda === undefined ? undefined : `lambda ${formatSetting(lambda)}`,
    environment && count(environment.threads, "thread"),
  ]);
  return [
    `Training${data ? ` on ${data.name}` : ""}${sizes === "" ? "" : `: ${sizes}`}.`,
    ...(settings === "" ? [] : [`${settings.charAt(0).toUpperCase()}${settings.slice(1)}.`]),
    "Type help and Enter for what can be done meanwhile.",
  ].join(" ");
}

function listed(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(", ");
}

function said(event: TrainingEvent): readonly string[] {
  const words = isRoutine(event) ? undefined : describeEvent(event);
  if (words === undefined) return [];
  const kind = words.severity === "warning" || words.severity === "error" ? `${words.severity}: ` : "";
  const text = kind + words.text;
  return [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`];
}

function valueInWords(metric: MetricInfo, value: number | null | undefined, formats: Formats): string {
  if (value === null || value === undefined) return "unknown";
  return formatMetric(metric, value, formats).replace(/ %$/, " percent");
}

function inWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 90) return count(seconds, "second");
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? count(minutes, "minute") : count(Math.round(minutes / 60), "hour");
}

function count(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? "" : "s"}`;
}
