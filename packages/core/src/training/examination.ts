// What the dashboard shows of a split beside its metrics: confusion, certainty, and the surest mistakes.
import type { Evaluation } from "../engine/engine.ts";
import type { ExaminationEvent } from "../events.ts";

export type Examination = Pick<ExaminationEvent, "confusion" | "trueClass" | "mistakes">;

/** One pass over a split. */
export interface ExaminationPass {
  /** `first` is the index of the evaluation's first row in its split. */
  update(evaluation: Evaluation, first: number): void;
  result(): Examination;
}

export function beginExamination(_classes: number): ExaminationPass {
  throw new Error("to be written");
}
