import { appendValues, createHistory, historyOf, indexFrom } from "@trainscope/core/history";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChartChoices } from "../chart/choices.ts";
import { crosshairMoved, nearestIndex, panned, rightEdge, runSpan, shownSpan, zoomed } from "./run-span.ts";

const START: ChartChoices = { scale: "auto", smoothing: 0, window: undefined, crosshair: undefined };

function stateOf(ended: number, total: number, first = 1, phase: "training" | "ended" = "training") {
  const epochs = Array.from({ length: ended }, (_, index) => first + index);
  return { run: undefined, history: historyOf(epochs, {}), phase, epochs: total };
}

describe("rightEdge", () => {
  it("is the last planned epoch of a run that fits", () => {
    expect(rightEdge(1, 40)).toBe(40);
    expect(rightEdge(1, 200)).toBe(200);
  });

  it("doubles as a long run fills it, and ends at the last planned epoch", () => {
    expect(rightEdge(1, 10_000)).toBe(157);
    expect(rightEdge(158, 10_000)).toBe(313);
    expect(rightEdge(9000, 10_000)).toBe(10_000);
  });

  it("grows with the run where it isn't known how many epochs there will be", () => {
    expect([1, 10, 11, 20, 21].map((newest) => rightEdge(newest, 0))).toEqual([10, 10, 20, 20, 40]);
  });

  it("always holds the newest epoch, also beyond the plan", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(1e6), (newest, total) => {
        expect(rightEdge(newest, total)).toBeGreaterThanOrEqual(newest);
      }),
    );
  });
});

describe("runSpan", () => {
  it("is the planned run while it goes on, and what there is of it once it has ended", () => {
    expect(runSpan({ state: stateOf(7, 40) })).toEqual({ first: 1, newest: 7, last: 40, grain: 1 });
    expect(runSpan({ state: stateOf(7, 40, 1, "ended") })).toEqual({ first: 1, newest: 7, last: 7, grain: 1 });
    expect(runSpan({ state: stateOf(0, 40) })).toEqual({ first: 1, newest: 1, last: 40, grain: 1 });
  });
});

describe("shownSpan", () => {
  const window = { first: 11, last: 20, follows: true };
  const spanAt = (newest: number) => ({ first: 1, newest, last: 400, grain: 1 });

  it("goes along with the newest epoch, unless the window ends before it or values are read off", () => {
    expect(shownSpan({ window, crosshair: undefined }, spanAt(18))).toEqual({ first: 11, last: 20 });
    expect(shownSpan({ window, crosshair: undefined }, spanAt(57))).toEqual({ first: 48, last: 57 });
    expect(shownSpan({ window, crosshair: 12 }, spanAt(57))).toEqual({ first: 11, last: 20 });
    const past = { ...window, follows: false };
    expect(shownSpan({ window: past, crosshair: undefined }, spanAt(57))).toEqual({ first: 11, last: 20 });
  });

  it("stays where it is when a crosshair appears in it", () => {
    const state = stateOf(57, 400);
    const read = { ...START, window, ...crosshairMoved({ ...START, window }, { state }, 0) };
    expect(read.crosshair).toBe(57);
    expect(shownSpan(read, runSpan({ state }))).toEqual({ first: 48, last: 57 });
  });
});

describe("zoomed", () => {
  const span = { first: 1, newest: 40, last: 40, grain: 1 };

  it("keeps the crosshair, or else the newest epoch, where it is on the screen", () => {
    expect(zoomed(START, span, 0.5)).toEqual({ window: { first: 20, last: 40, follows: true } });
    expect(zoomed({ ...START, crosshair: 1 }, span, 0.5)).toEqual({
      window: { first: 1, last: 21, follows: false },
    });
  });

  it("shows the whole run again in the end", () => {
    expect(zoomed({ ...START, window: { first: 10, last: 29, follows: false } }, span, 2)).toEqual({
      window: { first: 1, last: 39, follows: false },
    });
    expect(zoomed({ ...START, window: { first: 1, last: 39, follows: false } }, span, 2)).toEqual({
      window: undefined,
    });
  });
});

describe("panned", () => {
  const span = { first: 1, newest: 40, last: 40, grain: 1 };

  it("moves the window by quarters, and stops at the ends of the run", () => {
    const choices = { ...START, window: { first: 10, last: 30, follows: false } };
    expect(panned(choices, span, 1)).toEqual({ window: { first: 15, last: 35, follows: false } });
    expect(panned(choices, span, -1)).toEqual({ window: { first: 5, last: 25, follows: false } });
    expect(panned(choices, span, 100)).toEqual({ window: { first: 20, last: 40, follows: true } });
    expect(panned(START, span, 1)).toEqual({});
  });
});

describe("crosshairMoved", () => {
  it("begins at the newest epoch, and stops at the ends of what was trained", () => {
    const state = stateOf(7, 40);
    expect(crosshairMoved(START, { state }, 0)).toEqual({ crosshair: 7 });
    expect(crosshairMoved({ ...START, crosshair: 7 }, { state }, -2)).toEqual({ crosshair: 5 });
    expect(crosshairMoved({ ...START, crosshair: 2 }, { state }, -5)).toEqual({ crosshair: 1 });
    expect(crosshairMoved({ ...START, crosshair: 2 }, { state }, 50)).toEqual({ crosshair: 7 });
    expect(crosshairMoved(START, { state: stateOf(0, 40) }, 1)).toEqual({});
  });

  it("takes the window along", () => {
    const choices = { ...START, window: { first: 10, last: 20, follows: false }, crosshair: 20 };
    expect(crosshairMoved(choices, { state: stateOf(40, 40) }, 3)).toEqual({
      crosshair: 23,
      window: { first: 13, last: 23, follows: false },
    });
  });
});

describe("zoom, pan and crosshair in any order", () => {
  it("never leave the run, never show fewer than four epochs, and read off epochs that there are", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("zoom" as const), by: fc.constantFrom(0.5, 2, 0.01, 100) }),
      fc.record({
        kind: fc.constantFrom("pan" as const, "crosshair" as const),
        by: fc.integer({ min: -50, max: 50 }),
      }),
    );
    const run = fc.record({
      ended: fc.integer({ min: 1, max: 3000 }),
      total: fc.integer({ min: 1, max: 3000 }),
      first: fc.integer({ min: 1, max: 100 }),
      phase: fc.constantFrom("training" as const, "ended" as const),
    });
    fc.assert(
      fc.property(run, fc.array(step, { maxLength: 30 }), ({ ended, total, first, phase }, steps) => {
        const state = stateOf(ended, total, first, phase);
        const span = runSpan({ state });
        let choices = START;
        for (const { kind, by } of steps) {
          if (kind === "zoom") choices = { ...choices, ...zoomed(choices, span, by) };
          else if (kind === "pan") choices = { ...choices, ...panned(choices, span, by) };
          else choices = { ...choices, ...crosshairMoved(choices, { state }, by) };
          const shown = shownSpan(choices, span);
          expect(shown.first).toBeGreaterThanOrEqual(span.first);
          expect(shown.last).toBeLessThanOrEqual(span.last);
          expect([shown.first, shown.last].every(Number.isInteger)).toBe(true);
          expect(shown.last - shown.first).toBeGreaterThanOrEqual(Math.min(3, span.last - span.first));
          if (choices.crosshair !== undefined) expect(state.history.epochs).toContain(choices.crosshair);
        }
      }),
    );
  });
});

describe("nearestIndex", () => {
  it("finds the nearest of the epochs, and the first from one on", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(500), { maxLength: 40 }),
        fc.double({ min: -9, max: 509, noNaN: true }),
        (some, at) => {
          const epochs = some.toSorted((a, b) => a - b);
          const distances = epochs.map((epoch) => Math.abs(epoch - at));
          const nearest = nearestIndex(epochs, at);
          if (epochs.length === 0) expect(nearest).toBeUndefined();
          else expect(distances[nearest ?? -1]).toBe(Math.min(...distances));
          expect(indexFrom(epochs, at)).toBe(epochs.filter((epoch) => epoch < at).length);
        },
      ),
    );
  });
});

describe("splits at different paces", () => {
  const history = createHistory();
  const header = { v: 1, seq: 0, runId: "run", time: 0, type: "point" } as const;
  for (let x = 10; x <= 5000; x += 10) appendValues(history, { ...header, x, metrics: { "train/loss": 1 } });
  for (let x = 255; x <= 5000; x += 250) {
    appendValues(history, { ...header, x, metrics: { "validation/loss": 1 } });
  }
  const run = { ...header, type: "run:start", axis: "step", config: {}, metrics: [] } as const;
  const state = { run, history, phase: "training", epochs: 0 } as const;

  it("span the run in round steps, with a window of four points of the densest at least", () => {
    const span = runSpan({ state });
    expect(span).toEqual({ first: 10, newest: 5000, last: 5000, grain: 10 });
    expect(runSpan({ state: { ...state, phase: "ended" } }).last).toBe(5000);
    expect(zoomed({ ...START, crosshair: 1000 }, span, 1e-6).window).toEqual({
      first: 994,
      last: 1024,
      follows: false,
    });
  });

  it("let the crosshair stop at each point of any of them", () => {
    const at = (crosshair: number, by: number) =>
      crosshairMoved({ ...START, crosshair }, { state }, by).crosshair;
    expect([at(250, 1), at(255, 1), at(260, -1), at(250, 3)]).toEqual([255, 260, 255, 270]);
    expect([at(250, Number.NEGATIVE_INFINITY), at(250, Number.POSITIVE_INFINITY)]).toEqual([10, 5000]);
  });

  it("grow into room that doubles or so, in round steps or parts of an epoch", () => {
    expect([10, 101, 4321].map((newest) => rightEdge(newest, 0, 10))).toEqual([100, 200, 5000]);
    expect([0.02, 0.3, 1.5].map((newest) => rightEdge(newest, 0, 0.02))).toEqual([0.2, 0.5, 2]);
  });
});
