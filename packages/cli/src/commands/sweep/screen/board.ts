// What is known of a sweep while it goes on. Its events add up to it; panels draw it and know nothing else.

import type { Point } from "@trainscope/sweep";
import type { SweepEvent } from "../events.ts";
import type { Figure } from "../results.ts";

export type SweepStart = Extract<SweepEvent, { type: "sweep:start" }>;

/** Of an objective after each epoch, from the first; what is missing is a gap. */
export type SeedCurve = (number | null)[];

/** A setting that is tried. Grows in place; `recorded` of the board tells that something has. */
export interface BoardCandidate {
  /** Its number as a text. */
  readonly key: string;
  readonly candidate: number;
  readonly point: Point;
  /** Of its longest training that has ended with every seed; `undefined` before the first has. */
  outcome: Outcome | undefined;
  /** By seed. */
  readonly curves: Map<number, SeedCurve>;
  /** Seeds of its trainings that go on. */
  readonly running: Set<number>;
}

export interface Outcome extends Figure {
  readonly epochs: number;
  readonly deviation: number | null;
}

export interface RunningTrial {
  readonly candidate: number;
  readonly point: Point;
  readonly seed: number;
  readonly epochs: number;
  readonly epoch: number;
  /** The newest of the objective. */
  readonly value: number | null;
}

/** A lane: what it trains, and since when. */
export interface LaneState {
  readonly lane: number;
  readonly trial: RunningTrial | undefined;
  readonly since: number;
}

/** Trainings that have ended. */
export interface Counts {
  readonly trained: number;
  /** Found in the folder. */
  readonly reused: number;
  readonly diverged: number;
  /** Given up: their workers died with them again and again. */
  readonly lost: number;
  /** Gone on with by another worker, as theirs was lost. */
  readonly retried: number;
}

export interface Board {
  readonly start: SweepStart | undefined;
  readonly phase: "waiting" | "running" | "ended";
  readonly reason: Extract<SweepEvent, { type: "sweep:end" }>["reason"] | undefined;
  /** Another process conducts it, or it is over: there is nothing to be stopped. */
  readonly isWatched: boolean;
  /** A stop was asked for with a key. */
  readonly stopping: boolean;
  /** By their numbers. Grows in place, as does `done`. */
  readonly candidates: Map<number, BoardCandidate>;
  readonly lanes: readonly LaneState[];
  readonly counts: Counts;
  /** Epochs that each training has behind it, whoever trained them; by candidate and seed. */
  readonly done: Map<string, number>;
  /** Epochs that this start has trained. */
  readonly fresh: number;
  /** How often something was put into what grows in place. */
  readonly recorded: number;
  /** What was last said. */
  readonly notice: string | undefined;
  readonly startedAt: number | undefined;
  readonly time: number | undefined;
}

const EMPTY_BOARD: Omit<Board, "candidates" | "done"> = {
  start: undefined,
  phase: "waiting",
  reason: undefined,
  isWatched: false,
  stopping: false,
  lanes: [],
  counts: { trained: 0, reused: 0, diverged: 0, lost: 0, retried: 0 },
  fresh: 0,
  recorded: 0,
  notice: undefined,
  startedAt: undefined,
  time: undefined,
};

export function newBoard(isWatched = false): Board {
  return { ...EMPTY_BOARD, isWatched, candidates: new Map(), done: new Map() };
}
