// A sweep made by hand, for the tests: events with a clock of their own.
import { resolveSettings } from "@trainscope/core/settings";
import type { Point } from "@trainscope/sweep";
import { newDefinition, type SweepChanges } from "../definition.ts";
import { SWEEP_EVENT_VERSION, type SweepEvent, type SweepEventBody } from "../events.ts";
import { type SweepResults, spreadOf } from "../results.ts";

export const SECOND = 1000;

/** Each a second after the one before. */
export function told(bodies: readonly SweepEventBody[]): SweepEvent[] {
  return bodies.map((body, seq) => ({ ...body, v: SWEEP_EVENT_VERSION, seq, time: seq * SECOND }));
}

export function sweepStart(changes: SweepChanges = {}, lanes = 2): SweepEventBody {
  const definition = newDefinition({
    settings: resolveSettings({ epochs: 4 }),
    space: {
      learningRate: { kind: "log", from: 1e-4, to: 1e-1 },
      batchSize: { kind: "choice", values: [50, 100, 200] },
    },
    strategy: "random",
    budget: 10,
    seeds: 2,
    ...changes,
  });
  return {
    type: "sweep:start",
    dataName: "built-in sample",
    folder: "sweep",
    definition,
    lanes,
    before: 0,
    planned: definition.budget,
  };
}

/** Accuracies that rise to the last of them, or nothing at all where it diverged. */
export function trialEvents(
  trial: { candidate: number; point: Point; seed: number; lane: number; accuracy: number | null },
  epochs = 4,
): SweepEventBody[] {
  const { candidate, point, seed, lane, accuracy } = trial;
  const name = { candidate, point, seed, epochs };
  const curve = Array.from({ length: epochs }, (_, index) =>
    accuracy === null ? null : accuracy * (0.7 + (0.3 * (index + 1)) / epochs),
  );
  const reason = accuracy === null ? "diverged" : "completed";
  return [
    { type: "trial:start", ...name, lane },
    ...curve.map(
      (value, index) => ({ type: "trial:epoch", candidate, seed, epoch: index + 1, value }) as const,
    ),
    {
      type: "trial:end",
      ...name,
      reason,
      value: accuracy,
      curve,
      reused: false,
      milliseconds: epochs * SECOND,
    },
  ];
}

/** Trained with seeds 0 and 1, one after the other, and told as a whole. */
export function candidateEvents(candidate: number, point: Point, accuracy: number | null): SweepEventBody[] {
  const values = { 0: accuracy, 1: accuracy === null ? null : accuracy - 0.01 };
  return [
    ...trialEvents({ candidate, point, seed: 0, lane: 1, accuracy: values[0] }),
    ...trialEvents({ candidate, point, seed: 1, lane: 2, accuracy: values[1] }),
    { type: "candidate:end", candidate, point, epochs: 4, values, lost: [], ...spreadOf(values), best: false },
  ];
}

const POINTS: readonly (readonly [number, number, number | null])[] = [
  [0.0012, 50, 0.37],
  [0.09, 100, null],
  [0.0003, 200, 0.31],
  [0.01, 50, 0.395],
  [0.004, 100, 0.402],
];

/** Five settings that are done, a sixth with one seed done and the other in its third epoch, and a seventh that begins. */
export function halfway(): SweepEvent[] {
  const sixth = { learningRate: 0.02, batchSize: 200 };
  return told([
    sweepStart(),
    ...POINTS.flatMap(([learningRate, batchSize, accuracy], candidate) =>
      candidateEvents(candidate, { learningRate, batchSize }, accuracy),
    ),
    ...trialEvents({ candidate: 5, point: sixth, seed: 0, lane: 1, accuracy: 0.35 }),
    ...trialEvents({ candidate: 5, point: sixth, seed: 1, lane: 2, accuracy: 0.36 }).slice(0, 4),
    {
      type: "trial:start",
      candidate: 6,
      point: { learningRate: 0.05, batchSize: 50 },
      seed: 0,
      epochs: 4,
      lane: 1,
    },
  ]);
}

/** Ranked; the figure depends on the learning rate alone, and the largest rates diverge. */
export function sweepResults(count = 24): SweepResults {
  const start = sweepStart();
  if (start.type !== "sweep:start") throw new Error("a sweep starts with its start");
  const { space, objective, strategy, settings } = start.definition;
  const tried = Array.from({ length: count }, (_, candidate) => {
    const learningRate = 10 ** (-4 + (3 * candidate) / (count - 1));
    const point = { learningRate, batchSize: [50, 100, 200][(7 * candidate) % 3] ?? 50 };
    const accuracy = learningRate > 0.08 ? null : 0.4 - 0.05 * (Math.log10(learningRate) + 2) ** 2;
    const values = { 0: accuracy, 1: accuracy === null ? null : accuracy - 0.01 };
    return { candidate, point, epochs: 4, values, lost: [], ...spreadOf(values) };
  });
  const candidates = tried
    .toSorted((a, b) => (b.mean ?? -1) - (a.mean ?? -1))
    .map((one, index) => ({ rank: index + 1, ...one }));
  const [first] = candidates;
  return {
    v: 1,
    dataName: start.dataName,
    strategy,
    objective,
    settings,
    space,
    candidates,
    winner: first ? { ...first, test: { values: { 0: 0.37, 1: 0.39 }, mean: 0.38 } } : null,
  };
}
