// What is told when an epoch has ended: its figures, what the model answered, what a teacher would say, and what
// plugins have taken.
import type { EventBody, HookTime } from "../events.ts";
import type { WholeResult } from "../metrics/split-pass.ts";
import type { TrainSettings } from "../settings/settings.ts";
import type { Adviser } from "./adviser.ts";
import type { EvaluationDetails } from "./evaluation-details.ts";

/** Between two reports of plugins' times. */
const TIMES_INTERVAL_MS = 1000;

export interface EpochReportOptions {
  readonly emit: (body: EventBody) => void;
  readonly adviser: Adviser;
  readonly hooks: () => readonly HookTime[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What an epoch came to beside its figures. */
export interface EpochDetails {
  readonly whole: readonly WholeResult[];
  readonly examination: EvaluationDetails | undefined;
}

export interface EpochReport {
  /** `settings` are those in force at the epoch's end. */
  tell(end: Extract<EventBody, { type: "epoch:end" }>, settings: TrainSettings, more?: EpochDetails): void;
  /** After the last epoch, whatever made it the last: plugins' times, where they are not told yet. */
  finish(): void;
}

export function createEpochReport({ emit, adviser, hooks, now }: EpochReportOptions): EpochReport {
  let emittedAt = Number.NEGATIVE_INFINITY;
  /** Whose times are still to be told. */
  let due: number | undefined;

  function tellTimes(epoch: number): void {
    emittedAt = now();
    due = undefined;
    emit({ type: "plugin:times", epoch, hooks: hooks() });
  }

  return {
    tell(end, settings, { whole, examination } = { whole: [], examination: undefined }) {
      const { epoch } = end;
      emit(end);
      for (const result of whole) emit({ type: "metric:result", epoch, ...result });
      if (examination) emit({ type: "examination", epoch, split: "validation", ...examination });
      for (const advice of adviser.add(end, settings)) emit({ type: "alert", ...advice });
      due = epoch;
      // By more than that also where the clock was set back.
      if (Math.abs(now() - emittedAt) >= TIMES_INTERVAL_MS) tellTimes(epoch);
    },
    finish() {
      if (due !== undefined) tellTimes(due);
    },
  };
}
