import type { ShownEvent } from "@trainscope/core/source";
import { Subject } from "rxjs";
import { expect, it, vi } from "vitest";
import { lastingSources } from "./lasting-sources.ts";
import { OPENED_MS } from "./source-events.ts";

const point: ShownEvent = {
  v: 1,
  seq: 0,
  runId: "watched-1",
  time: 0,
  type: "point",
  x: 1,
  metrics: { "train/loss": 1 },
};

function watched() {
  const subjects = { a: new Subject<ShownEvent>(), b: new Subject<ShownEvent>() };
  const onFailed = vi.fn();
  let now = 0;
  const sources = Object.entries(subjects).map(([name, events]) => ({ name, events, hasEnd: false }));
  const ends: string[] = [];
  for (const { name, events } of lastingSources(sources, onFailed, () => now)) {
    events.subscribe({
      error: (error: Error) => ends.push(`${name} failed: ${error.message}`),
      complete: () => ends.push(`${name} completed`),
    });
  }
  return { ...subjects, ends, onFailed, wait: (ms: number) => (now += ms) };
}

it("a source that fails after it has told something completes, and that is told", () => {
  const { a, ends, onFailed } = watched();
  const error = new Error("it was replaced by a folder");
  a.next(point);
  a.error(error);
  expect(ends).toEqual(["a completed"]);
  expect(onFailed).toHaveBeenCalledExactlyOnceWith("a", error);
});

it("one that fails as it is opened fails, and one that comes late doesn't", () => {
  const early = watched();
  early.a.error(new Error("of no format"));
  expect(early.ends).toEqual(["a failed: of no format"]);
  const late = watched();
  late.wait(OPENED_MS + 1);
  late.a.error(new Error("of no format"));
  expect(late.ends).toEqual(["a completed"]);
});

it("the last of all fails", () => {
  const { a, b, ends } = watched();
  for (const each of [a, b]) {
    each.next(point);
    each.error(new Error("gone"));
  }
  expect(ends).toEqual(["a completed", "b failed: gone"]);
});
