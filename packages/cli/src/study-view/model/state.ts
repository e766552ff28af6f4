// What is known of a study while it runs. Its events add up to it; panels draw it and know nothing else.

import type { RunEndReason } from "@trainscope/core/events";
import type {
  StageInfo,
  StageName,
  StudyEvent,
  StudyStartEvent,
  StudyTrial,
  TrialStage,
} from "@trainscope/study";
import type { LogLine } from "@trainscope/tui/parts";
import { EMPTY_PALETTE, type Palette } from "./palette.ts";
import type { Curve, RunningTrial, StageState } from "./progress.ts";
import { createStageWork } from "./stage-work.ts";

export interface FinishedTrial {
  readonly trial: StudyTrial;
  readonly reason: RunEndReason;
  readonly epochs: number;
  /** On validation, of the parameters that it ended with. */
  readonly accuracy: number | null;
  readonly milliseconds: number;
  readonly reused: boolean;
}

export interface StudyState {
  readonly start: StudyStartEvent | undefined;
  readonly phase: "waiting" | "running" | "ended";
  /** A stop was asked for with a key. */
  readonly stopping: boolean;
  readonly reason: Extract<StudyEvent, { type: "study:end" }>["reason"] | undefined;
  readonly stages: readonly StageState[];
  /** The newest that has started. */
  readonly stage: StageName | undefined;
  readonly running: readonly RunningTrial[];
  /** In the order of their ends. Grows in place, as do `best` and `curves`; `recorded` tells that they have. */
  readonly finished: FinishedTrial[];
  /** Of each stage, by validation accuracy. */
  readonly best: Map<TrialStage, FinishedTrial>;
  /** Of the newest stage that has trials, in the order of their starts. */
  readonly charted: TrialStage | undefined;
  readonly curves: Curve[];
  readonly palette: Palette;
  readonly recorded: number;
  /** Time of the end by the newest estimate, evened out; `undefined` while there is nothing to tell it from. */
  readonly endsAt: number | undefined;
  readonly log: readonly LogLine[];
  /** Warnings and errors so far. */
  readonly problems: number;
  /** Times of the first and the newest event. */
  readonly startedAt: number | undefined;
  readonly time: number | undefined;
}

export function initialStudyState(): StudyState {
  return {
    start: undefined,
    phase: "waiting",
    stopping: false,
    reason: undefined,
    stages: [],
    stage: undefined,
    running: [],
    finished: [],
    best: new Map(),
    charted: undefined,
    curves: [],
    palette: EMPTY_PALETTE,
    recorded: 0,
    endsAt: undefined,
    log: [],
    problems: 0,
    startedAt: undefined,
    time: undefined,
  };
}

export function waitingStage(info: StageInfo): StageState {
  return {
    ...info,
    status: "waiting",
    done: 0,
    work: createStageWork(),
    startedAt: undefined,
    endedAt: undefined,
    text: "",
  };
}

const TRIAL_STAGES: readonly StageName[] = ["settings", "improvements", "search", "final"];

/** The title with how many steps it has, where that is known: `Four settings: 4 trials`. */
export function titleWithSteps({ name, title, steps }: Pick<StageInfo, "name" | "title" | "steps">): string {
  if (steps === 0) return title;
  const noun = TRIAL_STAGES.includes(name) ? "trial" : "step";
  return `${title}: ${steps} ${noun}${steps === 1 ? "" : "s"}`;
}

/** The trials of one setting share a title but for their seeds. */
export function titleWithoutSeed({ title, settings }: StudyTrial): string {
  const seed = `, seed ${settings.seed}`;
  return title.endsWith(seed) ? title.slice(0, -seed.length) : title;
}
