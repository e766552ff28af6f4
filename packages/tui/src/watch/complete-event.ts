// What another program's event leaves out, as what isn't known is written in the grammar; and what no screen could show.
import type { ExaminationEvent, MetricInfo, RunStartEvent, TrainingEvent } from "@trainscope/core";

/** Passes on what is wrong with a line that was no event. */
export function completeEvent(event: TrainingEvent | string): TrainingEvent | string {
  if (typeof event === "string") return event;
  switch (event.type) {
    case "run:start":
      return { ...event, metrics: event.metrics.map(completeMetric) } satisfies RunStartEvent;
    case "progress":
      return { ...event, samplesPerSecond: event.samplesPerSecond ?? 0, loss: event.loss ?? null };
    case "epoch:end": {
      const { trainMs = 0, evaluateMs = 0 } = event.timing;
      return { ...event, learningRate: event.learningRate ?? 0, timing: { trainMs, evaluateMs } };
    }
    case "control":
      return { ...event, from: event.from ?? null, to: event.to ?? null };
    case "checkpoint":
      return { ...event, batch: event.batch ?? 0, reason: event.reason ?? "asked", best: event.best ?? false };
    case "plugin:error":
      return { ...event, failures: event.failures ?? 1 };
    case "run:end":
      return { ...event, keptEpoch: event.keptEpoch ?? null };
    case "examination":
      return isWhole(event)
        ? completeExamination(event)
        : "its confusion matrix is not square, or its images don't fit it";
    default:
      return event;
  }
}

function completeMetric(metric: MetricInfo): MetricInfo {
  return { ...metric, unit: metric.unit ?? null, display: metric.display ?? {} };
}

function completeExamination(event: ExaminationEvent): ExaminationEvent {
  return { ...event, trueClass: event.trueClass ?? { right: [], wrong: [] }, mistakes: event.mistakes ?? [] };
}

function isWhole({ confusion, mistakes = [], trueClass }: ExaminationEvent): boolean {
  const classes = confusion.length;
  return (
    confusion.every((row) => row.length === classes) &&
    mistakes.every(({ label, probabilities }) => label < classes && probabilities.length === classes) &&
    (trueClass === undefined || trueClass.right.length === trueClass.wrong.length)
  );
}
