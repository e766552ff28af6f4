// Part (n): a sweep. Two trials side by side against one alone, and a grid of 64 against scikit-learn's GridSearchCV.
import { join } from "node:path";
import { measureWhole, type Turn, wholeRatio } from "../measure-whole.ts";
import { builtCommandAbsence } from "../programs/built-command.ts";
import {
  gridEntrants,
  type SweepEntrant,
  type SweepJob,
  type SweepOutcome,
  sideBySideEntrants,
  writeSweepJob,
} from "../programs/sweep-entrants.ts";
import type { PartReport } from "../report.ts";
import { summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import { writeSyntheticFolder } from "../work/synthetic-folder.ts";
import type { PartInput } from "./part-input.ts";

/** Two trials on two cores take at most so many times as long as one. */
export const MOST_SIDE_BY_SIDE = 1.15;
/**
 * By how much the best of a grid may differ, 0 to 1. On CIFAR-10 other seeds move ours and the peer's by a point, to 1.3 between the two;
 * after one epoch the peer's larger first weights still cost it 3 to 5.
 */
const NEAR = { afterTenEpochs: 0.02, else: 0.06 };

/** 64 settings, none of which diverges. */
const ETAS = [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 3e-3, 4e-3, 5e-3];
const LAMBDAS = [0, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.2];

export async function runSweepPart({ options, data, folder }: PartInput): Promise<PartReport> {
  const { isQuick, runs: rounds } = options;
  const absence = builtCommandAbsence();
  if (absence !== undefined) return leftOut(absence);
  const directory = data.directory ?? join(folder, "synthetic");
  if (data.directory === undefined) await writeSyntheticFolder(directory);
  const job: SweepJob = { directory, etas: ETAS, lambdas: LAMBDAS, epochs: isQuick ? 1 : 10, batch: 100 };
  await writeSweepJob(folder, job);
  const threads = Math.max(...options.threads);
  const given = { ...options, folder, job, threads };
  return await runSweeps({
    // Long enough that what the two have in common, the start and the reading of the images, is a small part.
    sideBySide: sideBySideEntrants({ ...given, job: { ...job, epochs: isQuick ? 2 : 200 } }),
    grid: gridEntrants(given),
    near: isQuick || data.directory === undefined ? NEAR.else : NEAR.afterTenEpochs,
    rounds,
    pauseMs: isQuick ? 20 : 500,
    threads,
  });
}

export interface SweepsOptions {
  /** One trial alone, and two. */
  readonly sideBySide: readonly SweepEntrant[];
  /** Ours, and its peers. */
  readonly grid: readonly SweepEntrant[];
  /** By how much the best of a peer's grid may differ from ours, 0 to 1. */
  readonly near: number;
  readonly rounds: number;
  readonly pauseMs: number;
  /** For the title. */
  readonly threads: number;
}

export async function runSweeps({ sideBySide, grid, rounds, ...rest }: SweepsOptions): Promise<PartReport> {
  const pairs = await measureWhole({ entrants: sideBySide, rounds, pauseMs: rest.pauseMs });
  const grids = await measureWhole({ entrants: grid, rounds, pauseMs: rest.pauseMs });
  const results = [...resultsOf(pairs.turns), ...resultsOf(grids.turns)];
  const versions = results.flatMap(({ outcome }) => Object.entries(outcome?.versions ?? {}));
  const two = results.find(({ name }) => name === sideBySide[1]?.name);
  return {
    part: "n",
    title: `${TITLE}: ${rest.threads} threads, ${rounds} rounds`,
    table: {
      columns: ["program", "trials", "median s", "min s", "±", "x", "goal", "best validation"],
      rows: results.map(({ name, times, ratio, outcome }) => [
        name,
        `${outcome?.trials ?? 0}`,
        digits(times.median),
        digits(times.minimum),
        percent(times.spread),
        digits(ratio),
        name === two?.name ? goalOf(ratio, rest.threads) : "",
        percent(outcome?.accuracy ?? Number.NaN),
      ]),
    },
    notes: [
      "x: its time over that of one trial alone, or over ours, the median of each round's ratio; whole processes, start to exit.",
      "Ours evaluates train and validation after each epoch, keeps each trial and tests the winner; GridSearchCV evaluates validation at the end.",
      ...(versions.length > 0
        ? [`Versions: ${versions.map(([name, text]) => `${name} ${text}`).join(", ")}.`]
        : []),
      ...pairs.missing,
      ...grids.missing,
    ],
    errors: [...pairs.errors, ...grids.errors, ...wrongOf(grids.turns, rest.near)],
    data: { rounds, threads: rest.threads, results },
  };
}

const TITLE = "(n) A sweep: two trials side by side, and a grid of 64";

function leftOut(reason: string): PartReport {
  const table = { columns: ["program"], rows: [] };
  return { part: "n", title: TITLE, table, notes: [`Left out: ${reason}.`], errors: [], data: null };
}

function goalOf(ratio: number, threads: number): string {
  // One thread trains one after the other.
  if (threads < 2 || !Number.isFinite(ratio)) return "";
  return `≤ ${MOST_SIDE_BY_SIDE} ${ratio <= MOST_SIDE_BY_SIDE ? "met" : "missed"}`;
}

type Turns = ReadonlyMap<SweepEntrant, readonly Turn<SweepOutcome>[]>;

function resultsOf(turns: Turns) {
  const first = [...turns].find(([{ isOurs }]) => isOurs)?.[1] ?? [];
  return [...turns].map(([{ name }, list]) => ({
    name,
    seconds: list.map(({ seconds }) => seconds),
    times: summarise(list.map(({ seconds }) => seconds)),
    ratio: wholeRatio(list, first),
    outcome: list.at(-1)?.outcome,
  }));
}

/** As many trials, and the best as good. */
function wrongOf(turns: Turns, near: number): readonly string[] {
  const expected = [...turns].find(([{ isOurs }]) => isOurs)?.[1].at(-1)?.outcome;
  return [...turns].flatMap(([{ name }, list]) => {
    const outcome = list.at(-1)?.outcome;
    if (outcome === undefined || expected === undefined)
      return [`${name}: nothing that it could be compared with`];
    const { trials, accuracy } = outcome;
    return [
      ...(trials === expected.trials ? [] : [`${name}: ${trials} trials; expected ${expected.trials}`]),
      ...(Math.abs(accuracy - expected.accuracy) <= near
        ? []
        : [`${name}: best accuracy ${percent(accuracy)}; expected ${percent(expected.accuracy)}`]),
    ];
  });
}
