// What parts (c) and (d) have in common: whole processes from start to exit, one after the other, round after round.
import { measureWhole, wholeRatio } from "../measure-whole.ts";
import type { RunEntrant } from "../programs/run-entrants.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { type Spread, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import type { RunOutcome } from "../work/run-job.ts";

export interface WholeRunsOptions {
  readonly part: "c" | "d";
  readonly title: string;
  readonly entrants: readonly RunEntrant[];
  readonly rounds: number;
  readonly pauseMs: number;
  /** How many times as long as ours a peer ought to take. */
  readonly goals: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly describeOutcome: (runs: readonly RunOutcome[]) => string;
  /** What is wrong with a program's outcome, beside ours. */
  readonly check: (runs: readonly RunOutcome[], ours: readonly RunOutcome[]) => readonly string[];
}

interface Result {
  readonly name: string;
  readonly seconds: readonly number[];
  readonly times: Spread;
  /** Its time over ours. */
  readonly ratio: number;
  readonly runs: readonly RunOutcome[];
}

export async function runWholeRuns(options: WholeRunsOptions): Promise<PartReport> {
  const { part, title, goals, describeOutcome } = options;
  const { turns, missing, errors } = await measureWhole(options);
  const ours = [...turns].find(([{ isOurs }]) => isOurs)?.[1] ?? [];
  const results = [...turns].map(([{ name }, list]): Result => {
    const seconds = list.map((turn) => turn.seconds);
    const runs = list.at(-1)?.outcome ?? [];
    errors.push(...options.check(runs, ours.at(-1)?.outcome ?? []).map((text) => `${name}: ${text}`));
    return { name, seconds, times: summarise(seconds), ratio: wholeRatio(list, ours), runs };
  });
  return {
    part,
    title,
    table: {
      columns: ["program", "median s", "min s", "±", "x ours", "goal", "outcome"],
      rows: results.map(({ name, times, ratio, runs }) => [
        name,
        digits(times.median),
        digits(times.minimum),
        percent(times.spread),
        digits(ratio),
        describeGoal(ratio, goals[name]),
        describeOutcome(runs),
      ]),
    },
    notes: [...options.notes, ...missing],
    errors,
    data: { rounds: options.rounds, results, missing },
  };
}
