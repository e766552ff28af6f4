import { historyOf } from "@trainscope/core/history";
import type { ShownEvent } from "@trainscope/core/source";
import { Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Comparison } from "../compare/comparison.ts";
import { watchSeveral } from "./watch-several.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const point = (x: number, loss: number, seq = x): ShownEvent => ({
  v: 1,
  seq,
  runId: "watched-1",
  time: 1000 * x,
  type: "point",
  x,
  metrics: { "validation/loss": loss },
});

function several() {
  const [file, pipe] = [new Subject<ShownEvent>(), new Subject<ShownEvent>()];
  const { first, comparisons } = watchSeveral([
    { name: "keras.csv", events: file, hasEnd: false },
    { name: "stdin", events: pipe, hasEnd: true },
  ]);
  const told: Comparison[] = [];
  let failed: unknown;
  const subscription = comparisons.subscribe({
    next: (comparison) => told.push(comparison),
    error: (error) => {
      failed = error;
    },
  });
  return { file, pipe, first, told, subscription, failure: () => failed };
}

const losses = (comparison: Comparison | undefined) =>
  comparison?.runs.map(({ history }) => history.series.get("validation/loss")?.values);
const states = (comparison: Comparison | undefined) => comparison?.runs.map(({ state }) => state);

describe("several sources side by side", () => {
  it("begin without a value, and are compared anew when one has told more, no oftener", () => {
    const { file, pipe, first, told } = several();
    expect(first.runs.map(({ name }) => name)).toEqual(["keras.csv", "stdin"]);
    expect(first.metrics).toEqual([]);
    file.next(point(1, 3));
    pipe.next(point(1, 2));
    file.next(point(2, 1));
    vi.advanceTimersByTime(250);
    expect(losses(told.at(-1))).toEqual([[3, 1], [2]]);
    expect(told.at(-1)?.metrics.map(({ tag }) => tag)).toEqual(["validation/loss"]);
    const { length } = told;
    vi.advanceTimersByTime(2000);
    expect(told).toHaveLength(length);
  });

  it("of a source that begins anew what it had told is forgotten", () => {
    const { file, told } = several();
    file.next(point(1, 3));
    file.next({ type: "restart" });
    file.next(point(1, 9));
    vi.advanceTimersByTime(250);
    expect(losses(told.at(-1))).toEqual([[9], undefined]);
  });

  it("a file that has grown since is being written, one that no longer does gives no sign; a pipe is until it ends", () => {
    const { file, pipe, told } = several();
    file.next(point(1, 3));
    vi.advanceTimersByTime(250);
    expect(states(told.at(-1))).toEqual(["no-end", "running"]);
    vi.advanceTimersByTime(5000);
    file.next(point(2, 2));
    vi.advanceTimersByTime(250);
    expect(states(told.at(-1))).toEqual(["running", "running"]);
    pipe.complete();
    vi.advanceTimersByTime(61_000);
    expect(states(told.at(-1))).toEqual(["silent", "no-end"]);
  });

  it("why there is nothing yet is said until there is, what goes wrong for as long as it is watched", () => {
    const { file, pipe, told } = several();
    const alert = (level: "info" | "error", message: string): ShownEvent => ({
      v: 1,
      seq: 0,
      runId: "watched-1",
      time: 0,
      type: "alert",
      code: "output",
      level,
      message,
    });
    const problems = () => told.at(-1)?.runs.map((run) => run.problems);
    file.next(alert("info", "waiting for keras.csv"));
    pipe.next(alert("error", "of no format"));
    vi.advanceTimersByTime(250);
    expect(problems()).toEqual([["waiting for keras.csv"], ["of no format"]]);
    file.next(point(1, 3));
    file.next(alert("info", "a newer log has come"));
    pipe.next(point(1, 3));
    vi.advanceTimersByTime(250);
    expect(problems()).toEqual([[], ["of no format"]]);
  });

  it("one that appears late and can't be read ends nothing else", () => {
    const { file, pipe, told, failure } = several();
    vi.advanceTimersByTime(3_600_000);
    file.error(new Error("of no format"));
    pipe.next(point(1, 2));
    vi.advanceTimersByTime(250);
    expect(failure()).toBeUndefined();
    expect(told.at(-1)?.runs[0]?.problems).toEqual(["it is read no further: of no format"]);
  });

  it("one that fails at once ends the whole, one that fails later is told as it was", () => {
    const refused = several();
    refused.file.error(new Error("of no format"));
    expect(refused.failure()).toEqual(new Error("of no format"));
    const { file, pipe, told, failure } = several();
    file.next(point(1, 3));
    file.error(new Error("gone"));
    pipe.next(point(1, 2));
    vi.advanceTimersByTime(250);
    expect(failure()).toBeUndefined();
    expect(told.at(-1)?.runs[0]).toMatchObject({
      problems: ["it is read no further: gone"],
      history: { series: historyOf([1], { "validation/loss": [3] }).series },
    });
    expect(losses(told.at(-1))).toEqual([[3], [2]]);
  });
});
