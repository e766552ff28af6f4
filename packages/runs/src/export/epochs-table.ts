// What a run's epochs, or steps, came to, as CSV. The log is read twice, for the columns and then for the rows, so that one
// of any length takes little memory.
import { TrainscopeError } from "@trainscope/core/errors";
import type { Axis, EpochEndEvent } from "@trainscope/core/events";
import { isValuesEvent, type ValuesEvent, xOf } from "@trainscope/core/history";
import { toCsv } from "@trainscope/core/text";
import { describeFindings, readLog, streamLog } from "../log/read-log.ts";

export interface EpochsTable {
  readonly axis: Axis;
  /** Of the metrics, in the order that they were told first. */
  readonly tags: readonly string[];
  /** Epochs that have ended and points that were told. */
  readonly count: number;
  /** Whether there are points: then values that were told at one place by several events share a row. */
  readonly isPointed: boolean;
  /** What is wrong with the log, a clause each. */
  readonly problems: readonly string[];
}

type Row = readonly (number | null)[];

/** Throws `BAD_DATA` where the log is missing or can't be read. */
export async function planEpochsTable(log: string): Promise<EpochsTable> {
  const tags = new Set<string>();
  let axis: Axis = "epoch";
  let count = 0;
  let isPointed = false;
  const findings = await readLog(log, {
    onEvent(event) {
      if (event.type === "run:start") axis = event.axis ?? "epoch";
      if (!isValuesEvent(event)) return;
      count++;
      isPointed ||= event.type === "point";
      for (const tag in event.metrics) tags.add(tag);
    },
  });
  if (findings === undefined) throw new TrainscopeError("BAD_DATA", `can't read ${log}: it is missing`);
  return { axis, tags: [...tags], count, isPointed, problems: describeFindings(findings) };
}

/**
 * A row an epoch that was finished, or a step that was told of, a column a tag; nothing where there is no such value. Times
 * in milliseconds, where epochs have any. In pieces, as the log is read; what is told after the table was planned is not
 * among them.
 */
export async function* csvOf(log: string, table: EpochsTable): AsyncGenerator<string> {
  const { axis, tags, isPointed } = table;
  const header = isPointed ? [axis, "learning rate", ...tags] : epochHeader(tags, axis);
  const head = toCsv(header, []);
  yield head;
  const rows = isPointed ? pointRows(log, table) : epochRows(log, table);
  for await (const some of rows) yield toCsv(header, some).slice(head.length);
}

/** Above the rows of epochs. */
export function epochHeader(tags: readonly string[], axis: Axis = "epoch"): readonly string[] {
  return [axis, "learning rate", ...tags, "training ms", "evaluation ms"];
}

/** An epoch's, with nothing where it has no such value. */
export function epochRow(
  { epoch, learningRate, metrics, timing }: EpochEndEvent,
  tags: readonly string[],
): Row {
  const values = tags.map((tag) => metrics[tag] ?? null);
  return [epoch, learningRate, ...values, timing.trainMs, timing.evaluateMs];
}

/** As the log is read. Where a program didn't say its rate or its times, they are 0. */
async function* epochRows(log: string, { tags, count }: EpochsTable): AsyncGenerator<readonly Row[]> {
  let left = count;
  for await (const events of streamLog(log)) {
    const ends = events.filter((event): event is EpochEndEvent => event.type === "epoch:end").slice(0, left);
    left -= ends.length;
    const rows = ends.map((event) => epochRow(event, tags));
    if (rows.length > 0) yield rows;
  }
}

interface PointRow {
  readonly metrics: Record<string, number | null>;
  learningRate: number | undefined;
}

/** By their place on the axis, all at once: splits come at different paces. What is told twice counts as it was told last. */
async function* pointRows(log: string, { tags, count }: EpochsTable): AsyncGenerator<readonly Row[]> {
  const rows = new Map<number, PointRow>();
  let left = count;
  for await (const events of streamLog(log)) {
    const values: readonly ValuesEvent[] = events.filter(isValuesEvent).slice(0, left);
    left -= values.length;
    for (const event of values) {
      const row = rows.get(xOf(event)) ?? { metrics: {}, learningRate: undefined };
      rows.set(xOf(event), row);
      Object.assign(row.metrics, event.metrics);
      row.learningRate = event.learningRate ?? row.learningRate;
    }
  }
  const sorted = [...rows].toSorted(([one], [other]) => one - other);
  yield sorted.map(([x, { learningRate, metrics }]) => [
    x,
    learningRate ?? null,
    ...tags.map((tag) => metrics[tag] ?? null),
  ]);
}
