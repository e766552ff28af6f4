// What a run's epochs came to, as CSV. The log is read twice, for the columns and then for the rows, so that one of any
// length takes little memory.
import type { EpochEndEvent } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core";
import { describeFindings, readLog, streamLog } from "../run-files/read-log.ts";

export interface EpochsTable {
  /** Of the metrics, in the order that they were told first. */
  readonly tags: readonly string[];
  /** Rows. */
  readonly epochs: number;
  /** What is wrong with the log, a clause each. */
  readonly problems: readonly string[];
}

type Row = readonly (number | null)[];
type ToCsv = (header: readonly string[], rows: readonly Row[]) => string;

/** Throws `BAD_DATA` where the log is missing or can't be read. */
export async function planEpochsTable(log: string): Promise<EpochsTable> {
  const tags = new Set<string>();
  let epochs = 0;
  const findings = await readLog(log, {
    onEvent(event) {
      if (event.type !== "epoch:end") return;
      epochs++;
      for (const tag in event.metrics) tags.add(tag);
    },
  });
  if (findings === undefined) throw new TrainscopeError("BAD_DATA", `can't read ${log}: it is missing`);
  return { tags: [...tags], epochs, problems: describeFindings(findings) };
}

/**
 * A row an epoch that was finished, a column a tag; nothing where the epoch has no such value. Times in milliseconds. In
 * pieces, as the log is read; epochs that have ended since the table was planned are not among them.
 */
export async function* csvOf(log: string, { tags, epochs }: EpochsTable, toCsv: ToCsv): AsyncGenerator<string> {
  const header = ["epoch", "learning rate", ...tags, "training ms", "evaluation ms"];
  const head = toCsv(header, []);
  yield head;
  let left = epochs;
  for await (const events of streamLog(log)) {
    const ends = events.filter((event) => event.type === "epoch:end").slice(0, left);
    left -= ends.length;
    const rows = ends.map((event) => rowOf(event, tags));
    if (rows.length > 0) yield toCsv(header, rows).slice(head.length);
  }
}

/** Where a program didn't say its rate or its times, they are 0. */
function rowOf({ epoch, learningRate, metrics, timing }: EpochEndEvent, tags: readonly string[]): Row {
  return [epoch, learningRate, ...tags.map((tag) => metrics[tag] ?? null), timing.trainMs, timing.evaluateMs];
}
