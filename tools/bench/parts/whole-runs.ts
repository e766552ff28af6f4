// What parts (c) and (d) have in common: whole processes from start to exit, one after the other, round after round.
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core";
import type { RunEntrant } from "../programs/run-entrants.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { pairedRatio, type Spread, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import { runWhole } from "../whole-process.ts";
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
  const { results, missing, errors } = await measure(options);
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

async function measure({ entrants, rounds, pauseMs, check }: WholeRunsOptions) {
  const seconds = new Map<RunEntrant, number[]>();
  const outcomes = new Map<RunEntrant, readonly RunOutcome[]>();
  const missing: string[] = [];
  const errors: string[] = [];
  const gone = new Set<RunEntrant>();
  for (let round = 0; round < rounds; round++) {
    for (const entrant of entrants.filter((one) => !gone.has(one))) {
      await sleep(pauseMs);
      try {
        const { ms, stdout } = await runWhole(entrant.command);
        const answer = JSON.parse(stdout) as { missing?: string; runs?: readonly RunOutcome[] };
        if (answer.runs === undefined) throw new Missing(answer.missing ?? "it tells no outcome");
        seconds.set(entrant, [...(seconds.get(entrant) ?? []), ms / 1000]);
        outcomes.set(entrant, answer.runs);
      } catch (thrown) {
        gone.add(entrant);
        if (thrown instanceof Missing) missing.push(`${entrant.name} is missing: ${thrown.message}`);
        else if (isNotFound(thrown))
          missing.push(`${entrant.name} is missing: ${entrant.command.command} is not installed`);
        else errors.push(`${entrant.name} failed: ${messageOf(thrown)}`);
      }
    }
  }
  const ours = entrants.find(({ isOurs }) => isOurs);
  const base = (ours && seconds.get(ours)) ?? [];
  const expected = (ours && outcomes.get(ours)) ?? [];
  const results = [...seconds]
    .filter(([entrant]) => !gone.has(entrant))
    .map(([entrant, list]): Result => {
      const runs = outcomes.get(entrant) ?? [];
      errors.push(...check(runs, expected).map((text) => `${entrant.name}: ${text}`));
      const ratio = base.length === list.length ? pairedRatio(list, base) : Number.NaN;
      return { name: entrant.name, seconds: list, times: summarise(list), ratio, runs };
    });
  return { results, missing, errors };
}

class Missing extends Error {}

function isNotFound(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
}
