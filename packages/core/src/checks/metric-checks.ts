// What a metric promises, each promise as a function that throws where it isn't kept.
import type { MetricCurves, MetricMatrix } from "../events.ts";
import type { AnyMetric, MetricBatch } from "../metrics/metric.ts";
import { readResult } from "../metrics/metric-result.ts";
import { checkMetric } from "../plugins/check-metric.ts";
import { createMetricBatch, createMetricContext, passOf, rowsOf } from "./metric-batch.ts";

/** One promise of the contract of metrics. */
export interface MetricCheck {
  /** As a sentence whose subject is the metric. */
  readonly name: string;
  /** Throws an Error with what was found and what was expected. */
  run(): void;
}

/** What the batches of the checks are like. */
export interface MetricCheckOptions {
  /** 10 where left out. */
  readonly classes?: number;
}

const ROWS = 40;

/** The contract of metrics as plain functions, for any test runner; `describeMetric` has them as a suite. */
export function metricChecks(
  metric: AnyMetric,
  { classes = 10 }: MetricCheckOptions = {},
): readonly MetricCheck[] {
  const batch = createMetricBatch(ROWS, 0, classes);
  const other = createMetricBatch(ROWS, 1, classes);
  const pieces = [rowsOf(batch, 0, 1), rowsOf(batch, 1, 23), rowsOf(batch, 23, ROWS)];
  const { classNames } = createMetricContext(ROWS, classes);
  const read = (state: unknown): Found => readResult(metric, "validation", classNames, metric.result(state));
  const evaluate = (batches: readonly MetricBatch[], previous?: unknown): Found =>
    read(passOf(metric, batches, previous));

  return [
    {
      name: "has a name, splits, a direction and its hooks",
      run: () => checkMetric(metric),
    },
    {
      name: "gives what its kind says, or null, also without any rows",
      run() {
        evaluate([]);
        evaluate([batch]);
      },
    },
    {
      name: "comes to the same whether rows come at once or in pieces",
      run: () => requireClose(evaluate(pieces), evaluate([batch])),
    },
    {
      name: "starts afresh each time, and keeps nothing of one pass for the next",
      run() {
        const first = evaluate([batch]);
        evaluate([other]);
        requireSame(evaluate([batch]), first);
      },
    },
    {
      name: "changes nothing in the batch",
      run() {
        const dataOf = () => ({ ...batch, images: batch.images() });
        const copy = structuredClone(dataOf());
        evaluate([batch]);
        requireSame(dataOf(), copy);
      },
    },
    {
      name: "changes nothing in the state when it gives its result",
      run() {
        const state = passOf(metric, [batch]);
        requireSame(read(state), read(state));
      },
    },
    {
      name: "formats a number as text",
      run() {
        const text: unknown = metric.format?.(0.5) ?? "";
        if (typeof text !== "string") throw new Error(`format gave ${typeof text}; expected text`);
      },
    },
    {
      name: "goes on the same in a run that was continued: what a pass leaves for the next survives JSON",
      run() {
        const { serialize, deserialize } = metric;
        if ((serialize === undefined) !== (deserialize === undefined)) {
          throw new Error("there is only one of serialize and deserialize; expected both, or none");
        }
        const restored =
          serialize && deserialize?.(JSON.parse(JSON.stringify(serialize(passOf(metric, [other])))));
        // One that looks back, and can't be saved, would begin anew.
        requireSame(evaluate([batch], restored), evaluate([batch], passOf(metric, [other])));
      },
    },
    {
      name: "comes to the same where pieces are merged, in any order, and leaves them as they were",
      run() {
        const { merge } = metric;
        if (merge === undefined) return;
        const expected = evaluate([batch]);
        const states = () => [passOf(metric, []), ...pieces.map((piece) => passOf(metric, [piece]))];
        const inOrder = states().reduce((a, b) => merge(a, b));
        requireClose(read(inOrder), expected);
        requireClose(read(states().reduce((a, b) => merge(b, a))), expected);
        requireClose(read(states().reduceRight((a, b) => merge(b, a))), expected);
        const [, a, b] = states();
        const before = [read(a), read(b)];
        merge(a, b);
        requireSame([read(a), read(b)], before);
      },
    },
  ];
}

interface Found {
  readonly values: readonly [string, number | null][];
  readonly whole?: MetricMatrix | MetricCurves;
}

/** Within rounding of each other. */
function requireClose(found: Found, expected: Found): void {
  const [ours, theirs] = [numbersIn(found), numbersIn(expected)];
  if (ours.length !== theirs.length) throw differs(found, expected);
  ours.forEach((value, i) => {
    const other = theirs[i] as number | null;
    const isClose =
      value === null || other === null
        ? value === other
        : Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(other));
    if (!isClose) throw differs(value, other);
  });
}

function numbersIn({ values, whole }: Found): readonly (number | null)[] {
  if (whole === undefined) return values.map(([, value]) => value);
  return whole.kind === "matrix" ? whole.rows.flat() : whole.curves.flatMap(({ x, y }) => [...x, ...y]);
}

function requireSame(found: unknown, expected: unknown): void {
  if (textOf(found) !== textOf(expected)) throw differs(found, expected);
}

function differs(found: unknown, expected: unknown): Error {
  return new Error(`found ${textOf(found)}; expected ${textOf(expected)}`);
}

/** NaN and -0 are told from other numbers. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, entry) => {
    if (ArrayBuffer.isView(entry)) return { [entry.constructor.name]: Array.from(entry as Uint8Array, String) };
    return typeof entry === "number" ? (Object.is(entry, -0) ? "-0" : String(entry)) : entry;
  });
}
