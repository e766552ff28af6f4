// A run told in plain sentences, for a screen reader: no tables, no signs, nothing that is drawn over.
import type { Split } from "@trainscope/core";
import type {
  Axis,
  ControlEvent,
  EpochEndEvent,
  MetricInfo,
  PointEvent,
  RunEndEvent,
  RunStartEvent,
  TrainingEvent,
} from "@trainscope/core/events";
import { axisOf, type ValuesEvent } from "@trainscope/core/history";
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
import { withMetricsOf } from "../text/describe-metric.ts";
import { formatCount, formatSetting, formatX } from "../text/format.ts";
import { type Formats, formatMetric } from "../text/format-metric.ts";

export interface Narrator {
  /** What is to be said of an event; nothing where it can wait. */
  tell(event: TrainingEvent): readonly string[];
  /** Where the run stands. */
  status(): string;
  /** At the end, the newest figures where they were left to wait. */
  last(): readonly string[];
}

/** Between two epochs that are told: a person listens to a sentence for about as long. */
const QUIET_MS = 8000;

/** What a pause begins or ends with. */
const MODES: ReadonlySet<ControlEvent["action"]> = new Set(["pause", "resume", "step", "stop"]);

export function createNarrator(formats: Formats): Narrator {
  let known: readonly MetricInfo[] = [];
  let axis: Axis = "epoch";
  let newest: ValuesEvent | undefined;
  let end: RunEndEvent | undefined;
  let pace: Pace = createPace();
  let isPaused = false;
  /** As it is now: in the midst of an epoch it may be another than that of the last one told. */
  let learningRate: number | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let isUntold = false;
  let heardAt: number | undefined;

  function tellValues(event: ValuesEvent): string {
    const splits = (["train", "validation"] as const).map((split) => figures(event, split));
    // The run's own test figures come at its end.
    const hasTest = Object.keys(event.metrics).some((tag) => tag.startsWith("test/"));
    if (hasTest) splits.push(figures(event, "test"));
    return event.type === "point" ? tellPoint(event, splits) : tellEpoch(event, splits);
  }

  function tellPoint({ x }: PointEvent, splits: readonly string[]): string {
    return [`${axis === "step" ? "Step" : "Epoch"} ${formatX(x)}.`, ...spoken(splits)].join(" ");
  }

  function tellEpoch({ epoch, epochs, time }: EpochEndEvent, splits: readonly string[]): string {
    const left =
      epochs === 0 || epoch < epochs ? timeLeft(pace, { epoch, epochs, fraction: 0, time }) : undefined;
    return [
      epochs > 0 ? `Epoch ${epoch} of ${epochs}.` : `Epoch ${epoch}.`,
      ...spoken(splits),
      ...(left === undefined ? [] : [`About ${inWords(left)} left.`]),
    ].join(" ");
  }

  function figures({ metrics }: Pick<ValuesEvent, "metrics">, split: Split): string {
    const values = known
      // The cost is close to the loss, and a listener's time is short.
      .filter((metric) => metric.split === split && metric.name !== "cost")
      .map((metric) => `${metric.name} ${valueInWords(metric, metrics[metric.tag], formats)}`);
    return values.length === 0 ? "" : `${SPLITS[split]} ${values.join(", ")}.`;
  }

  function status(): string {
    if (end !== undefined) return "The run has ended.";
    if (newest === undefined) {
      return axis === "step" ? "No step has been told of yet." : "The first epoch is still running.";
    }
    const rate = learningRate ?? newest.learningRate ?? 0;
    const rateText = rate > 0 ? ` Learning rate ${formatSetting(rate)}.` : "";
    return `${tellValues(newest)}${rateText}${isPaused ? " Paused." : ""}`;
  }

  /** Settings may be changed during a pause, which goes on. */
  function follow({ action, to, time }: ControlEvent): void {
    if (action === "learningRate" && typeof to === "number") learningRate = to;
    if (!MODES.has(action)) return;
    isPaused = action === "pause";
    pace = isPaused ? pausePace(pace, time) : resumePace(pace, time);
  }

  function last(): readonly string[] {
    if (!isUntold || newest === undefined) return [];
    isUntold = false;
    return [tellValues(newest)];
  }

  return {
    status,
    last,
    tell(event) {
      const before = heardAt ?? event.time;
      heardAt = event.time;
      switch (event.type) {
        case "run:start":
          known = event.metrics;
          axis = axisOf(event);
          return [introduction(event)];
        case "epoch:start":
          pace = startEpoch(pace, event.time);
          return [];
        case "epoch:end": {
          newest = event;
          known = withMetricsOf(known, event.metrics);
          learningRate = undefined;
          pace = endEpoch(pace, event.time, event.timing.trainMs);
          // A clock that was set back is no reason to be silent until it is there again.
          const isLong = Math.abs(event.time - toldAt) >= QUIET_MS;
          if (event.epoch !== 1 && event.epoch !== event.epochs && !isLong) {
            isUntold = true;
            return [];
          }
          toldAt = event.time;
          isUntold = false;
          return [tellValues(event)];
        }
        case "point": {
          known = withMetricsOf(known, event.metrics);
          // Splits come one after the other: what was told of the others last still stands.
          newest = { ...event, metrics: { ...newest?.metrics, ...event.metrics } };
          isUntold = true;
          if (Math.abs(event.time - toldAt) < QUIET_MS) return [];
          toldAt = event.time;
          return last();
        }
        case "run:resume":
          // Nobody trained in between.
          pace = resumePace(pausePace(pace, Math.min(before, event.time)), event.time);
          isPaused = false;
          return said(event);
        case "control":
          follow(event);
          return said(event);
        case "run:end":
          end = event;
          return [...last(), ...said(event), ...[figures(event, "test")].filter((text) => text !== "")];
        default:
          return said(event);
      }
    },
  };
}

function spoken(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== "");
}

const SPLITS: Readonly<Record<Split, string>> = { train: "Training", validation: "Validation", test: "Test" };

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
