// What a sweep tells while it goes on. Plain data.
import type { RunEndReason } from "@trainscope/core/events";
import type { Point } from "@trainscope/sweep";
import type { SweepDefinition } from "./definition.ts";
import type { CandidateResult, SweepResults } from "./results.ts";

export const SWEEP_EVENT_VERSION = 1;

/** One training: a setting, a seed, and for how long. */
interface TrialName {
  readonly candidate: number;
  readonly point: Point;
  readonly seed: number;
  readonly epochs: number;
}

export type SweepEventBody =
  | {
      readonly type: "sweep:start";
      readonly dataName: string;
      readonly folder: string;
      readonly definition: SweepDefinition;
      /** `null` where it ends when the space has no more. */
      readonly planned: number | null;
      /** Trainings at a time in this process; 0 where a queue has them, as many as its workers take. */
      readonly lanes: number;
      /** Where that is; left out for a sweep on this machine alone. */
      readonly queue?: string;
      /** Settings that the folder has already. */
      readonly before: number;
    }
  /** What is searched was changed while it runs. */
  | { readonly type: "sweep:edit"; readonly definition: SweepDefinition; readonly planned: number | null }
  /** A training with one seed begins, or goes on; one that is found in the folder does not. */
  | ({
      readonly type: "trial:start";
      /** That trains it, from 1 up to `lanes`, or of so many that a queue has shown. */
      readonly lane: number;
      /** Of a queue: its name. */
      readonly worker?: string;
    } & TrialName)
  /** An epoch of it has ended. */
  | {
      readonly type: "trial:epoch";
      readonly candidate: number;
      readonly seed: number;
      readonly epoch: number;
      /** Of the objective. */
      readonly value: number | null;
    }
  /** It has come to its end, or to the epochs that it was to have. */
  | ({
      readonly type: "trial:end";
      readonly reason: RunEndReason;
      readonly value: number | null;
      /** Of the objective after each epoch, from the first. */
      readonly curve: readonly (number | null)[];
      /** Found in the folder, not trained. */
      readonly reused: boolean;
      readonly milliseconds: number;
    } & TrialName)
  /** It was given up: one start after another came to nothing. To the search it counts as one that diverged. */
  | ({ readonly type: "trial:lost"; readonly message: string } & TrialName)
  /** All its seeds have. */
  | ({
      readonly type: "candidate:end";
      /** Of those with as many epochs, no other so far is better. */
      readonly best: boolean;
    } & Omit<CandidateResult, "rank">)
  | { readonly type: "sweep:end"; readonly reason: "completed"; readonly results: SweepResults }
  | { readonly type: "sweep:end"; readonly reason: "stopped" | "failed" };

export type SweepEvent = SweepEventBody & {
  readonly v: typeof SWEEP_EVENT_VERSION;
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly time: number;
};

export type EmitSweepEvent = (body: SweepEventBody) => void;

export function createSweepAnnouncer(deliver: (event: SweepEvent) => void): EmitSweepEvent {
  let seq = 0;
  return (body) => deliver({ ...body, v: SWEEP_EVENT_VERSION, seq: seq++, time: Date.now() });
}
