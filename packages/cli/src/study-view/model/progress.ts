// How far a study's stages and trials are.
import type { StageInfo, StudyTrial } from "@trainscope/study";
import type { StageWork } from "./stage-work.ts";

export interface StageState extends StageInfo {
  readonly status: "waiting" | "active" | "done";
  /** Steps, or trials where it has them. */
  readonly done: number;
  readonly work: StageWork;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** The newest that was said of it. */
  readonly text: string;
}

export interface RunningTrial extends Curve {
  readonly startedAt: number;
  readonly epoch: number;
  /** Of all its epochs, 0 to 1. */
  readonly fraction: number;
  /** As in `StageWork`; 0 until it is known. */
  readonly work: number;
}

/** Validation accuracy by epoch: the value of epoch `i` is at `i - 1`. Grows in place. */
export interface Curve {
  readonly trial: StudyTrial;
  readonly accuracies: (number | null)[];
}
