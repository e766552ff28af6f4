// The one figure that `patience` and `keep` look at: which it is, and how it fares from epoch to epoch.
import type { TrainingData } from "../data/dataset.ts";
import { TrainscopeError } from "../errors.ts";
import type { MetricInfo } from "../events.ts";
import { type BestValue, isBetter } from "../history/history.ts";
import type { TrainSettings } from "../settings/settings.ts";

export interface Monitor {
  readonly tag: string;
  readonly best: BestValue | undefined;
  /**
   * Takes the figure after an epoch; tells whether it is the best so far. `null`, an epoch without one, is not better;
   * where the metric has failed it says nothing, and patience doesn't count the epoch.
   */
  add(epoch: number, value: number | null, hasFailed?: boolean): boolean;
  /** What has made patience end, in words; `undefined` while it lasts. */
  earlyStopReason(): string | undefined;
}

/**
 * The metric that `monitor` names; `undefined` where there are no validation images to have its figure of, and neither
 * `patience` nor `keep` needs it. Throws `BAD_OPTION` where no metric has the tag, or where an epoch's end won't tell whether its
 * figure is better.
 */
export function findMonitored(
  { monitor, patience, keep }: TrainSettings,
  metrics: readonly MetricInfo[],
  { validation }: TrainingData,
): MetricInfo | undefined {
  const metric = metrics.find(({ tag }) => tag === monitor);
  const refuse = (reason: string): TrainscopeError => {
    const tags = metrics.filter(isMonitorable).map(({ tag }) => tag);
    return new TrainscopeError("BAD_OPTION", `monitor is "${monitor}"${reason}`, {
      hint: `What can be monitored is ${tags.join(", ")}.`,
    });
  };
  if (metric === undefined) throw refuse("; expected the tag of a metric");
  if (metric.split === "test") throw refuse(", and test figures are only known when the run has ended");
  if (metric.direction === "none") throw refuse(", of which no value is better than another");
  if (metric.split === "validation" && validation.labels.length === 0) {
    if (patience === 0 && keep === "last") return undefined;
    throw refuse(", and there are no validation images");
  }
  return metric;
}

function isMonitorable({ split, direction }: MetricInfo): boolean {
  return split !== "test" && direction !== "none";
}

/** `patience` is in epochs; 0 never ends. */
export function createMonitor({ tag, direction }: MetricInfo, patience: number): Monitor {
  let best: BestValue | undefined;
  /** Epochs since the best, or since the first where there is none. */
  let waited = 0;
  return {
    tag,
    get best() {
      return best;
    },
    add(epoch, value, hasFailed = false) {
      if (value === null && hasFailed) return false;
      if (value === null || (best !== undefined && !isBetter(direction, value, best.value))) {
        waited++;
        return false;
      }
      best = { x: epoch, value };
      waited = 0;
      return true;
    },
    earlyStopReason() {
      if (patience === 0 || waited < patience) return undefined;
      const time = patience === 1 ? "1 epoch" : `${patience} epochs`;
      if (best === undefined) return `${tag} has had no value for ${time}`;
      return `for ${time} ${tag} has not been better than after epoch ${best.x}`;
    },
  };
}
