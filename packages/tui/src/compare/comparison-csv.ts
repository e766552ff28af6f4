// A comparison's values as CSV in long form (RFC 4180, but for plain line ends): a line a run, epoch and tag.
import type { Comparison, PlacedRun } from "./comparison.ts";

/** Lines, about. */
const PIECE = 1000;

const HEAD = "run,epoch,seconds,tag,value";

/** In pieces of some lines. Epochs in their order; a value that is missing leaves its field empty. Test figures stand at the epoch they are of. */
export function* comparisonCsv({ runs }: Comparison): Generator<string> {
  let lines = [HEAD];
  for (const run of runs) {
    const { runId, history, test } = run;
    const name = field(runId);
    for (const [index, epoch] of history.epochs.entries()) {
      const at = `${name},${epoch},${secondsAt(run, index)}`;
      for (const [tag, values] of history.series) lines.push(`${at},${field(tag)},${values[index] ?? ""}`);
      if (lines.length < PIECE) continue;
      yield textOf(lines);
      lines = [];
    }
    for (const [tag, value] of Object.entries(test)) {
      lines.push(`${name},${testPlace(run)},${field(tag)},${value ?? ""}`);
    }
  }
  yield textOf(lines);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** Of training and evaluation, to the microsecond. */
function secondsAt({ seconds, secondsBefore }: PlacedRun, index: number): number {
  return Number((secondsBefore + (seconds[index] ?? 0)).toFixed(6));
}

/** Parameters of no whole epoch have none. */
function testPlace(run: PlacedRun): string {
  const index = run.history.epochs.indexOf(run.testEpoch ?? Number.NaN);
  return index < 0 ? "," : `${run.testEpoch},${secondsAt(run, index)}`;
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
