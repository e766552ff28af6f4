// Starts entrants and keeps apart who is missing and who has failed.
import { messageOf } from "@trainscope/core/errors";
import type { Entrant } from "./programs/entrants.ts";
import { type Program, startProgram } from "./protocol/program.ts";

export interface Started {
  readonly programs: ReadonlyMap<Entrant, Program>;
  readonly missing: readonly Absence[];
  readonly failed: readonly Absence[];
  close(): Promise<void>;
}

export interface Absence {
  readonly entrant: Entrant;
  readonly reason: string;
}

/** One after the other: each prepares its data, and all at once would take the memory of all at once. */
export async function startAll(entrants: readonly Entrant[]): Promise<Started> {
  const programs = new Map<Entrant, Program>();
  const missing: Absence[] = [];
  const failed: Absence[] = [];
  for (const entrant of entrants) {
    try {
      const command = entrant.command();
      const started = "missing" in command ? command : await startProgram(command);
      if ("missing" in started) missing.push({ entrant, reason: started.missing });
      else programs.set(entrant, started);
    } catch (thrown) {
      failed.push({ entrant, reason: messageOf(thrown) });
    }
  }
  return {
    programs,
    missing,
    failed,
    async close() {
      await Promise.all([...programs.values()].map((program) => program.close()));
    },
  };
}
