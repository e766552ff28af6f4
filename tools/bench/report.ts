// What a part of the benchmarks has to tell: a table for people, the same as data, and what went wrong.
import type { Table } from "./table.ts";

export interface PartReport {
  readonly part: string;
  readonly title: string;
  readonly table: Table;
  /** Sentences under the table. */
  readonly notes: readonly string[];
  /** Wrong results and failures: any of them fails the benchmarks. */
  readonly errors: readonly string[];
  /** For the JSON file. */
  readonly data: unknown;
}

/** What a ratio ought to be at least, and whether it was. */
export function describeGoal(ratio: number, goal: number | undefined): string {
  if (goal === undefined || !Number.isFinite(ratio)) return "";
  return `≥ ${goal} ${ratio >= goal ? "met" : "missed"}`;
}
