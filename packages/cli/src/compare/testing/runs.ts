// Runs made by hand, for the tests: few epochs, figures that are easy to check.
import type { EventBody, MetricInfo, TrainingEvent } from "@trainscope/core/events";
import { DEFAULT_SETTINGS, type TrainSettings } from "@trainscope/core/settings";
import { BUILT_IN, runStart } from "@trainscope/core/testing";
import { type ComparedRun, comparedRun, type ReadRun } from "../compared-run.ts";
import { createLoggedRun, type LoggedRun } from "../logged-run.ts";

export interface RunMade {
  readonly runId?: string;
  readonly key?: string;
  readonly label?: string;
  readonly tags?: readonly string[];
  readonly settings?: Partial<TrainSettings>;
  readonly metrics?: readonly MetricInfo[];
  /** Of epoch 1 on, or of `first`; validation accuracies. */
  readonly accuracies?: readonly (number | null)[];
  readonly first?: number;
  readonly parent?: { readonly runId: string; readonly epoch: number; readonly batch: number };
  /** After the epochs. */
  readonly after?: readonly EventBody[];
  readonly problems?: readonly string[];
  readonly processState?: ReadRun["processState"];
}

/** Each epoch takes 2 s of training and 1 s of evaluation, whatever the clock says. */
export function eventsMade(made: RunMade): readonly TrainingEvent[] {
  const { runId = "run-1", settings = {}, metrics = BUILT_IN, accuracies = [], first = 1, after = [] } = made;
  const start = { ...runStart(metrics), config: { ...DEFAULT_SETTINGS, ...settings } };
  const bodies: readonly EventBody[] = [
    made.parent === undefined ? start : { ...start, parent: made.parent },
    ...accuracies.map((accuracy, index): EventBody => {
      const values = { "validation/accuracy": accuracy };
      const timing = { trainMs: 2000, evaluateMs: 1000 };
      return {
        type: "epoch:end",
        epoch: first + index,
        epochs: 40,
        learningRate: 0.001,
        metrics: values,
        timing,
      };
    }),
    ...after,
  ];
  // A pause of an hour between any two events.
  return bodies.map((body, seq) => ({ v: 1, seq, runId, time: 3_600_000 * seq, ...body }));
}

export function loggedOf(events: readonly TrainingEvent[]): LoggedRun {
  const logged = createLoggedRun();
  events.forEach(logged.add);
  return logged;
}

export function readMade(made: RunMade): ReadRun {
  const {
    runId = "run-1",
    key = runId,
    label = null,
    tags = [],
    problems = [],
    processState = "unknown",
  } = made;
  return {
    key,
    runId,
    label,
    tags,
    problems,
    processState,
    lastHeartbeat: undefined,
    record: undefined,
    logged: loggedOf(eventsMade(made)),
  };
}

export function runMade(made: RunMade): ComparedRun {
  return comparedRun(readMade(made));
}

export function endMade(figures: Readonly<Record<string, number>>, keptEpoch: number | null = null): EventBody {
  return { type: "run:end", reason: "completed", metrics: figures, epochs: 0, keptEpoch, plugins: [] };
}

/** Twelve with rates, tags and forks of all kinds. */
export function manyMade(count = 12): readonly ComparedRun[] {
  return Array.from({ length: count }, (_, index) =>
    runMade({
      runId: `20260101-000000-r${index}`,
      settings: { learningRate: 0.001 * (1 + (index % 5)), seed: index % 3 },
      tags: index % 2 === 0 ? ["even"] : [],
      accuracies: Array.from({ length: index % 7 }, (_, epoch) => 0.1 + 0.01 * index + 0.02 * epoch),
      ...(index % 4 === 0 ? { after: [endMade({ "test/accuracy": 0.3 + 0.01 * index }, 1)] } : {}),
      ...(index === 5 ? { problems: ["events.jsonl, line 3: it is no JSON"] } : {}),
      ...(index === 6 ? { first: 3, parent: { runId: "20260101-000000-r3", epoch: 2, batch: 20 } } : {}),
    }),
  );
}
