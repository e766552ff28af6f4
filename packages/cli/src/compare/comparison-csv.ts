// A comparison's values as CSV in long form (with plain line ends, for programs that read lines): a line a run, epoch or step, and tag.
import type { Axis } from "@trainscope/core/events";
import { indexFrom } from "@trainscope/core/history";
import { csvField } from "@trainscope/core/text";
import type { Comparison, PlacedRun } from "./comparison.ts";
import { entriesOf } from "./results.ts";
import { secondsAt } from "./run-clock.ts";

/** Lines, about. */
const PIECE = 1000;

/**
 * In pieces of some lines. Epochs, or steps, in their order; a value that is missing leaves its field empty. Test figures
 * stand at the epoch they are of, as do matrices and curves, a line an entry. Beside a mean of several runs stand the edges of its band, and their number. Where some runs count epochs and some steps there is a column for each.
 */
export function* comparisonCsv({ runs, axis }: Comparison): Generator<string> {
  const axes: readonly Axis[] = axis === undefined ? ["epoch", "step"] : [axis];
  const hasGroups = runs.some(({ group }) => group !== undefined);
  let lines = [`run,${axes.join()},seconds,tag,value${hasGroups ? ",low,high,n" : ""}`];
  for (const run of runs) {
    const { history, test } = run;
    const name = csvField(run.runId);
    const series = [...history.series].map(([tag, one]) => ({ tag, ...one }));
    for (const x of xsOf(run)) {
      const at = `${name},${placeOf(run, x, axes)}`;
      for (const { tag, x: own, values } of series) {
        const index = indexFrom(own, x);
        if (own[index] !== x) continue;
        const half = run.group?.halfWidths.get(tag)?.[index];
        lines.push(`${at},${csvField(tag)},${values[index] ?? ""}${bandFields(run, values[index], half)}`);
      }
      if (lines.length < PIECE) continue;
      yield textOf(lines);
      lines = [];
    }
    for (const [tag, value] of Object.entries(test)) {
      const band = bandFields(run, value, run.group?.testHalfWidths.get(tag));
      lines.push(`${name},${testPlace(run, axes)},${csvField(tag)},${value ?? ""}${band}`);
    }
    for (const result of run.results.values()) {
      const at = `${name},${placeOf(run, result.epoch, axes)}`;
      for (const { tag, value } of entriesOf(result, run.classNames)) {
        lines.push(`${at},${csvField(tag)},${value ?? ""}${bandFields(run, value, undefined)}`);
      }
    }
  }
  yield textOf(lines);

  /** The edges of the 95 % band of a mean, and how many runs it is of. */
  function bandFields(
    run: PlacedRun,
    mean: number | null | undefined,
    half: number | null | undefined,
  ): string {
    if (!hasGroups) return "";
    const isKnown = typeof mean === "number" && typeof half === "number";
    const edges = isKnown ? `${mean - half},${mean + half}` : ",";
    return `,${edges},${run.group?.runIds.length ?? 1}`;
  }
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** Where any of its series has a value, rising. */
function xsOf({ history }: PlacedRun): readonly number[] {
  const all = new Set([history.epochs, ...Array.from(history.series.values(), ({ x }) => x)]);
  return [...new Set([...all].flat())].sort((one, other) => one - other);
}

/** Time of training and evaluation is given to the microsecond. */
function placeOf({ axis, clock, secondsBefore }: PlacedRun, x: number, axes: readonly Axis[]): string {
  const seconds = Number((secondsBefore + secondsAt(clock, x)).toFixed(6));
  return [...axes.map((one) => (one === axis ? x : "")), seconds].join();
}

/** Parameters of no whole epoch have none. */
function testPlace(run: PlacedRun, axes: readonly Axis[]): string {
  const { testEpoch, history } = run;
  const isKnown = testEpoch !== null && history.epochs.includes(testEpoch);
  return isKnown ? placeOf(run, testEpoch, axes) : ",".repeat(axes.length);
}
