// Measures whole processes from start to exit, one after the other, round after round.
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core/errors";
import type { Missing } from "./protocol/messages.ts";
import type { Command } from "./protocol/program.ts";
import { pairedRatio } from "./statistics.ts";
import { runWhole } from "./whole-process.ts";

export interface WholeEntrant<Outcome extends object> {
  readonly name: string;
  readonly isOurs: boolean;
  /** `round` counts from 0. */
  readonly command: (round: number) => Command;
  /** What it came to, by its stdout; called when the clock has stopped. */
  readonly read: (stdout: string, round: number) => Outcome | Missing | Promise<Outcome | Missing>;
}

export interface Turn<Outcome> {
  readonly seconds: number;
  readonly outcome: Outcome;
}

export interface WholeMeasured<Outcome extends object> {
  /** A turn a round, in order; without the entrants that are missing or have failed. */
  readonly turns: ReadonlyMap<WholeEntrant<Outcome>, readonly Turn<Outcome>[]>;
  /** One sentence each. */
  readonly missing: string[];
  readonly errors: string[];
}

export interface WholeOptions<Outcome extends object> {
  readonly entrants: readonly WholeEntrant<Outcome>[];
  readonly rounds: number;
  readonly pauseMs: number;
}

export async function measureWhole<Outcome extends object>({
  entrants,
  rounds,
  pauseMs,
}: WholeOptions<Outcome>): Promise<WholeMeasured<Outcome>> {
  const turns = new Map<WholeEntrant<Outcome>, Turn<Outcome>[]>(entrants.map((entrant) => [entrant, []]));
  const missing: string[] = [];
  const errors: string[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [entrant, list] of turns) {
      await sleep(pauseMs);
      const command = entrant.command(round);
      try {
        const { ms, stdout } = await runWhole(command);
        const outcome = await entrant.read(stdout, round);
        if (!("missing" in outcome)) {
          list.push({ seconds: ms / 1000, outcome });
          continue;
        }
        missing.push(`${entrant.name} is missing: ${outcome.missing}`);
      } catch (thrown) {
        if (isNotFound(thrown)) missing.push(`${entrant.name} is missing: ${command.command} is not installed`);
        else errors.push(`${entrant.name} failed: ${messageOf(thrown)}`);
      }
      turns.delete(entrant);
    }
  }
  return { turns, missing, errors };
}

/** Median of each round's ratio; `NaN` where there are not as many of ours. */
export function wholeRatio(
  turns: readonly { readonly seconds: number }[],
  ours: readonly { readonly seconds: number }[],
): number {
  if (turns.length !== ours.length) return Number.NaN;
  return pairedRatio(
    turns.map(({ seconds }) => seconds),
    ours.map(({ seconds }) => seconds),
  );
}

/** Of a program that can't be started. */
function isNotFound(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    "code" in thrown &&
    thrown.code === "ENOENT" &&
    "syscall" in thrown &&
    String(thrown.syscall).startsWith("spawn")
  );
}
