// How much of a study is done. Trials count by the images that they train on and evaluate, times their epochs: the same
// study has some that take five times as long as others.

import type { RunningTrial, StageState } from "./progress.ts";
import type { StageWork } from "./stage-work.ts";
import type { StudyState } from "./state.ts";

export function seeTrial(work: StageWork, size: number): StageWork {
  return {
    ...work,
    seen: work.seen + 1,
    total: work.total + size,
    least: Math.min(work.least, size),
  };
}

export function finishTrial(work: StageWork, size: number, reused: boolean): StageWork {
  return { ...work, done: work.done + size, reused: work.reused + (reused ? size : 0) };
}

/** Shares of the whole study, 0 to 1. */
export interface Share {
  readonly done: number;
  /** The part of `done` that was kept from before and so took no time. */
  readonly reused: number;
}

/** How far each stage is, in their order; `all` is its share of the study. */
export function stageShares(
  state: Pick<StudyState, "stages" | "running">,
): readonly (Share & { readonly all: number })[] {
  const whole = state.stages.reduce((sum, { share }) => sum + positive(share), 0);
  const workPerShare = workPerShareOf(state.stages);
  return state.stages.map((stage) => {
    const all = whole > 0 ? positive(stage.share) / whole : 1 / state.stages.length;
    const { done, reused } = fractionsOf(stage, state.running, workPerShare);
    return { all, done: all * done, reused: all * reused };
  });
}

/** Of the whole study. */
export function studyShare(state: Pick<StudyState, "stages" | "running" | "reason">): Share {
  const shares = stageShares(state);
  const reused = Math.min(
    1,
    shares.reduce((sum, share) => sum + share.reused, 0),
  );
  if (state.reason === "completed") return { done: 1, reused };
  return {
    done: Math.min(
      1,
      shares.reduce((sum, share) => sum + share.done, 0),
    ),
    reused,
  };
}

function fractionsOf(
  stage: StageState,
  running: readonly RunningTrial[],
  workPerShare: number | undefined,
): Share {
  const { work, steps } = stage;
  if (work.seen === 0) {
    const done = stage.status === "done" ? 1 : steps > 0 ? Math.min(1, stage.done / steps) : 0;
    return { done, reused: 0 };
  }
  const total = work.total + unseenWork(stage, workPerShare);
  if (!(total > 0)) return { done: stage.status === "done" ? 1 : 0, reused: 0 };
  const reused = work.reused / total;
  if (stage.status === "done") return { done: 1, reused };
  const underWay = running
    .filter(({ trial }) => trial.stage === stage.name)
    .reduce((sum, { work: size, fraction }) => sum + size * fraction, 0);
  return { done: Math.min(1, (work.done + underWay) / total), reused };
}

/**
 * Of the trials that have not begun: what leaves the stage its share, by what the stages before it came to. The longest
 * are begun first, so none is longer than those that were seen.
 */
function unseenWork({ work, steps, share }: StageState, workPerShare: number | undefined): number {
  const unseen = Math.max(0, steps - work.seen);
  if (workPerShare === undefined) return (unseen * work.total) / work.seen;
  const left = positive(share) * workPerShare - work.total;
  return Math.max(0.1 * unseen * work.least, Math.min(unseen * work.least, left));
}

function workPerShareOf(stages: readonly StageState[]): number | undefined {
  const over = stages.filter(({ status, work, share }) => status === "done" && work.seen > 0 && share > 0);
  const share = over.reduce((sum, stage) => sum + stage.share, 0);
  return share > 0 ? over.reduce((sum, { work }) => sum + work.total, 0) / share : undefined;
}

function positive(share: number): number {
  return Number.isFinite(share) && share > 0 ? share : 0;
}
