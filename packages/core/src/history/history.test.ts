import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EpochEndEvent, MetricValues, PointEvent } from "../events.ts";
import { appendValues, bestOf, createHistory, firstX, type History, newestX } from "./history.ts";

function epochEnd(epoch: number, metrics: MetricValues): EpochEndEvent {
  const timing = { trainMs: 1, evaluateMs: 1 };
  const header = { v: 1, seq: epoch, runId: "run", time: 0 } as const;
  return { ...header, type: "epoch:end", epoch, epochs: 9, learningRate: 1, metrics, timing };
}

function point(x: number, metrics: MetricValues): PointEvent {
  return { v: 1, seq: 0, runId: "run", time: 0, type: "point", x, metrics };
}

function historyAfter(events: readonly (EpochEndEvent | PointEvent)[], mostPoints?: number): History {
  const history = createHistory(mostPoints);
  for (const event of events) appendValues(history, event);
  return history;
}

function valuesOf({ series }: History): Record<string, readonly (number | null)[]> {
  return Object.fromEntries([...series].map(([tag, { values }]) => [tag, values]));
}

describe("epochs", () => {
  it("give every series as many values, with gaps where a tag is missing, over one array of epochs", () => {
    const history = historyAfter([
      epochEnd(1, { "train/loss": 2 }),
      epochEnd(2, { "train/loss": null, "train/late": 7 }),
      epochEnd(3, { "train/late": 8 }),
    ]);
    expect(history.epochs).toEqual([1, 2, 3]);
    expect(valuesOf(history)).toEqual({ "train/loss": [2, null, null], "train/late": [null, 7, 8] });
    for (const { x } of history.series.values()) expect(x).toBe(history.epochs);
  });

  it("told once more are still one: values change, and whoever has seen those before keeps them", () => {
    const history = historyAfter([
      epochEnd(1, { "train/loss": 2 }),
      epochEnd(2, { "train/loss": 3, "train/norm": 1 }),
    ]);
    const seen = history.series.get("train/loss")?.values;
    appendValues(history, epochEnd(2, { "train/loss": 4, "train/norm": null, "validation/loss": 5 }));
    expect(history.epochs).toEqual([1, 2]);
    expect(valuesOf(history)).toEqual({
      "train/loss": [2, 4],
      "train/norm": [null, 1],
      "validation/loss": [null, 5],
    });
    expect(seen).toEqual([2, 3]);
  });

  it("that begin anew at an earlier one count from there, with what the later ones tell", () => {
    const history = historyAfter([1, 2, 3, 2].map((epoch, told) => epochEnd(epoch, { m: told })));
    expect(history.epochs).toEqual([1, 2]);
    expect(valuesOf(history)).toEqual({ m: [0, 3] });
  });
});

const TAGS = ["train/loss", "validation/loss", "test/loss"] as const;

/** For each split a rising course, at its own pace. */
const courses = fc.tuple(
  ...TAGS.map((tag) =>
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.option(fc.double({ noNaN: true }))), {
        maxLength: 30,
      })
      .map((steps) => {
        let x = 0;
        return steps.map(([pace, value]) => {
          x += pace / 4;
          return point(x, { [tag]: value });
        });
      }),
  ),
);

describe("points", () => {
  it("of any interleaving of splits come to what each split comes to by itself", () => {
    fc.assert(
      fc.property(courses, fc.infiniteStream(fc.nat(2)), (splits, turns) => {
        const queues = splits.map((split) => [...split]);
        const mixed: PointEvent[] = [];
        for (const turn of turns) {
          const queue = queues[turn]?.length ? queues[turn] : queues.find(({ length }) => length > 0);
          const next = queue?.shift();
          if (next === undefined) break;
          mixed.push(next);
        }
        const together = historyAfter(mixed);
        splits.forEach((split, index) => {
          const tag = TAGS[index] ?? "";
          expect(together.series.get(tag)).toEqual(historyAfter(split).series.get(tag));
        });
      }),
      { seed: 1 },
    );
  });

  it("of one split leave the others' arrays alone, and the newest may be amended", () => {
    const history = historyAfter([point(10, { a: 1 }), point(20, { a: 2 }), point(20, { b: 5 })]);
    const seen = history.series.get("a")?.values;
    appendValues(history, point(20, { a: 3, b: null }));
    expect(history.series.get("a")).toEqual({ x: [10, 20], values: [1, 3], total: 2 });
    expect(history.series.get("b")).toEqual({ x: [20], values: [5], total: 1 });
    expect(seen).toEqual([1, 2]);
  });

  it("that fall behind begin anew there: the newest counts", () => {
    const history = historyAfter([1, 2, 3, 1.5].map((x, told) => point(x, { a: told })));
    expect(history.series.get("a")).toEqual({ x: [1, 1.5], values: [0, 3], total: 2 });
  });

  it("beside epochs have a pace of their own, and the epochs' series keep theirs", () => {
    const history = historyAfter([
      epochEnd(1, { a: 1, b: 1 }),
      point(1.5, { b: 2 }),
      epochEnd(2, { a: 3 }),
      epochEnd(3, { a: 4, b: 5 }),
    ]);
    expect(history.series.get("a")).toEqual({ x: [1, 2, 3], values: [1, 3, 4], total: 3 });
    expect(history.series.get("b")).toEqual({ x: [1, 1.5, 3], values: [1, 2, 5], total: 3 });
    expect(firstX(history)).toBe(1);
    expect(newestX(history)).toBe(3);
  });
});

it("says where nothing has been told that there is no x", () => {
  expect(firstX(createHistory())).toBeUndefined();
  expect(newestX(createHistory())).toBeUndefined();
});

describe("a series that grows too long", () => {
  const values = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 300 });

  it.each(["points", "epochs"])("keeps its extremes, its ends, and no more than it may: %s", (kind) => {
    fc.assert(
      fc.property(values, fc.integer({ min: 12, max: 60 }), (all, most) => {
        const history = historyAfter(
          all.map((value, index) =>
            kind === "points" ? point(index + 1, { m: value }) : epochEnd(index + 1, { m: value }),
          ),
          most,
        );
        const { x = [], values: kept = [], total = 0 } = history.series.get("m") ?? {};
        expect(total).toBe(all.length);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(history.epochs.length).toBeLessThanOrEqual(most);
        x.forEach((at, index) => {
          expect(kept[index]).toBe(all[at - 1]);
        });
        expect(x.every((at, index) => index === 0 || at > (x[index - 1] ?? at))).toBe(true);
        const numbers = (list: readonly (number | null)[]) => list.filter((value) => value !== null);
        expect(Math.min(...numbers(kept))).toBe(Math.min(...numbers(all)));
        expect(Math.max(...numbers(kept))).toBe(Math.max(...numbers(all)));
        expect(kept.includes(null)).toBe(all.includes(null));
        if (all.length > 0) expect([x[0], x.at(-1)]).toEqual([1, all.length]);
      }),
      { seed: 2 },
    );
  });

  it("takes no more memory for three million points than for one", () => {
    const history = createHistory();
    for (let step = 1; step <= 3_000_000; step++) {
      appendValues(history, point(step, { "train/loss": step === 1_234_567 ? 1e9 : 1 / step }));
    }
    const { x = [], values: kept = [], total = 0 } = history.series.get("train/loss") ?? {};
    expect(total).toBe(3_000_000);
    expect(x.length).toBeLessThanOrEqual(1_000_000);
    expect(kept[x.indexOf(1_234_567)]).toBe(1e9);
  });
});

it("finds the best by direction, the earliest of equals, past gaps", () => {
  const history = historyAfter([null, 3, 1, 5, 1, 5].map((value, index) => epochEnd(index + 1, { m: value })));
  expect(bestOf(history, "m", "min")).toEqual({ x: 3, value: 1 });
  expect(bestOf(history, "m", "max")).toEqual({ x: 4, value: 5 });
  expect(bestOf(history, "m", "none")).toBeUndefined();
  expect(bestOf(history, "absent", "min")).toBeUndefined();
});
