// How long a study still takes, from the shares of its stages and the pace it has gone at so far. What was kept from an
// earlier start took no time and says nothing of the pace.
import type { StudyState } from "./state.ts";
import { stageShares } from "./work.ts";

/** While a smaller share of the work is done, the pace is anyone's guess. */
const LEAST_BASIS = 0.01;
const LEAST_MS = 1000;
/** With this much of a stage done its own pace is all that counts for the rest of it. */
const FULL_TRUST = 0.3;

type Known = Pick<StudyState, "stages" | "running" | "startedAt">;

interface Pace {
  /** Milliseconds for the whole study at this pace. */
  readonly rate: number;
  /** The share of the study that it was measured on. */
  readonly weight: number;
}

/** Milliseconds to the end as it looks at the given time; `undefined` while there is nothing to tell it from. */
function estimateLeft(state: Known, time: number): number | undefined {
  const shares = stageShares(state);
  const sum = (part: (share: (typeof shares)[number]) => number): number =>
    shares.reduce((total, share) => total + part(share), 0);
  const toDo = sum(({ all, reused }) => all - reused);
  const fresh = sum(({ done, reused }) => done - reused);
  if (time - (state.startedAt ?? time) < LEAST_MS || !(fresh >= LEAST_BASIS * toDo) || fresh <= 0)
    return undefined;
  const paces = state.stages.map((stage, index): Pace => {
    const { done, reused } = shares[index] ?? { done: 0, reused: 0 };
    const weight = Math.max(0, done - reused);
    const spent = Math.max(0, (stage.endedAt ?? time) - (stage.startedAt ?? time));
    return { rate: weight > 0 ? spent / weight : 0, weight };
  });
  const usual = middleOf(paces);
  return state.stages.reduce((left, { status }, index) => {
    const { all, done, reused } = shares[index] ?? { all: 0, done: 0, reused: 0 };
    if (status === "done") return left;
    const { rate, weight } = paces[index] ?? { rate: usual, weight: 0 };
    const own = all > reused ? Math.min(1, weight / (all - reused) / FULL_TRUST) : 0;
    return left + Math.max(0, all - done) * (own * rate + (1 - own) * usual);
  }, 0);
}

/** The pace that half of the work was slower than: a small stage whose share is far off doesn't move it. */
function middleOf(paces: readonly Pace[]): number {
  const measured = paces.filter(({ weight }) => weight > 0).toSorted((a, b) => a.rate - b.rate);
  const half = measured.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let before = 0;
  for (const { rate, weight } of measured) {
    before += weight;
    if (before >= half) return rate;
  }
  return 0;
}

/** The state with its end estimated anew, moved towards what it looks like now; at once where much was kept from before. */
export function withEstimate(state: StudyState, before: StudyState, atOnce: boolean): StudyState {
  const { time } = state;
  if (time === undefined || state.phase !== "running") return { ...state, endsAt: undefined };
  const left = estimateLeft(state, time);
  if (left === undefined) return { ...state, endsAt: undefined };
  if (before.endsAt === undefined || atOnce) return { ...state, endsAt: time + left };
  const passed = Math.max(0, time - (before.time ?? time));
  const inertia = Math.max(1000, Math.min(20_000, left / 10));
  const step = 1 - Math.exp(-passed / inertia);
  return { ...state, endsAt: before.endsAt + step * (time + left - before.endsAt) };
}

/**
 * Milliseconds left for a person to read, `clock` being the present by the clock of the events. It counts down between
 * them, though never below half of what the pace says: where nothing moves on, the end doesn't come closer.
 */
export function timeLeft(state: StudyState, clock: number | undefined): number | undefined {
  if (state.endsAt === undefined || clock === undefined) return undefined;
  const now = estimateLeft(state, clock);
  if (now === undefined) return undefined;
  return Math.max(now / 2, Math.min(now * 2, state.endsAt - clock));
}
