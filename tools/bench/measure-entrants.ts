// Starts entrants, measures them round after round, and keeps apart who was measured, is missing, or has failed.
import type { Entrant } from "./programs/entrants.ts";
import type { Measurement } from "./protocol/messages.ts";
import { measureRounds, type RoundOptions } from "./rounds.ts";
import { type Absence, startAll } from "./started.ts";

export interface Measured {
  /** In the order of the entrants; without those that are missing or have failed. */
  readonly measurements: ReadonlyMap<Entrant, readonly Measurement[]>;
  readonly versions: ReadonlyMap<Entrant, Readonly<Record<string, string>>>;
  /** One sentence each. */
  readonly missing: readonly string[];
  readonly failed: readonly string[];
}

export async function measureEntrants(entrants: readonly Entrant[], options: RoundOptions): Promise<Measured> {
  const started = await startAll(entrants);
  try {
    const { measurements, failures } = await measureRounds(started.programs, options);
    const failedLater = [...failures].map(([entrant, reason]) => ({ entrant, reason }));
    return {
      measurements,
      versions: new Map([...started.programs].map(([entrant, { versions }]) => [entrant, versions])),
      missing: describe(started.missing, "is missing"),
      failed: describe([...started.failed, ...failedLater], "failed"),
    };
  } finally {
    await started.close();
  }
}

/** One line for each program, however many of its threads were asked for. */
function describe(absences: readonly Absence[], word: string): string[] {
  return [...new Set(absences.map(({ entrant, reason }) => `${entrant.name} ${word}: ${reason}`))];
}
