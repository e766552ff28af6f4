// What a sweep tells while it goes on. Plain data.
import type { RunEndReason } from "@trainscope/core";
import type { Point } from "@trainscope/sweep";
import type { SweepDefinition } from "./definition.ts";
import type { CandidateResult, SweepResults } from "./results.ts";

export const SWEEP_EVENT_VERSION = 1;

export type SweepEventBody =
  | {
      readonly type: "sweep:start";
      readonly dataName: string;
      readonly folder: string;
      readonly definition: SweepDefinition;
      /** `null` where it ends when the space has no more. */
      readonly planned: number | null;
      /** Trainings at a time. */
      readonly lanes: number;
      /** Settings that the folder has already. */
      readonly before: number;
    }
  /** A training with one seed has come to its end, or to the epochs that it was to have. */
  | {
      readonly type: "trial:end";
      readonly candidate: number;
      readonly point: Point;
      readonly seed: number;
      readonly epochs: number;
      readonly reason: RunEndReason;
      readonly value: number | null;
      /** Found in the folder, not trained. */
      readonly reused: boolean;
      readonly milliseconds: number;
    }
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
