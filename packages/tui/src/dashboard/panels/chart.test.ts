import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupMetrics } from "../model/metrics.ts";
import { BUILT_IN, metricInfo } from "../testing/events.ts";
import { plainText } from "../text/rows.ts";
import { createTheme } from "../theme.ts";
import { type ChartView, chartLegends, chartRows, chartTitle, rightEdge } from "./chart.ts";

const theme = createTheme({ color: true, ascii: false });

function viewOf(name: string, more = {}): ChartView {
  const [group] = groupMetrics([metricInfo("train", name, more), metricInfo("validation", name, more)]);
  if (group === undefined) throw new Error("no metric");
  const cell = { newest: 1.5, previous: null, best: undefined, values: [1.5] };
  return { group, epochs: [1], totalEpochs: 10, train: cell, validation: { ...cell, newest: 1.75 } };
}

describe("rightEdge", () => {
  it("is the last planned epoch of a run that fits", () => {
    expect(rightEdge([1], 40, 33)).toBe(40);
    expect(rightEdge([1], 100, 60)).toBe(100);
  });

  it("doubles as a long run fills it, and ends at the last planned epoch", () => {
    expect(rightEdge([1], 10_000, 50)).toBe(157);
    expect(rightEdge([1, 158], 10_000, 50)).toBe(313);
    expect(rightEdge([1, 9000], 10_000, 50)).toBe(10_000);
  });

  it("always holds the newest epoch, also beyond the plan", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.nat(1e6),
        fc.integer({ min: 1, max: 200 }),
        (newest, total, width) => {
          expect(rightEdge([1, newest], total, width)).toBeGreaterThanOrEqual(newest);
        },
      ),
    );
  });
});

describe("chart", () => {
  it("has a title with the unit where there is room", () => {
    const { group } = viewOf("latency", { unit: "ms" });
    expect(chartTitle(group, 80)).toBe("Latency (ms)");
    expect(chartTitle(group, 40)).toBe("Latency");
  });

  it("has legends from long to short, the longest with values and the baseline", () => {
    const view = viewOf("loss", { display: { baseline: Math.LN10 } });
    expect(chartLegends(view, 100, new Map(), theme).map(plainText)).toEqual([
      "━━ train 1.5000  ━━ validation 1.7500  ── baseline 2.3026",
      "━━ train 1.5000  ━━ validation 1.7500",
      "━━ train  ━━ validation",
      "━━ train  ━━ val",
      "━━  ━━",
    ]);
  });

  it("says what it waits for before the first epoch has ended", () => {
    const [group] = groupMetrics(BUILT_IN);
    if (group === undefined) throw new Error("no metric");
    const view: ChartView = { group, epochs: [], totalEpochs: 40, train: undefined, validation: undefined };
    expect(chartRows(view, 40, 5, theme).map(plainText).join("")).toContain(
      "waiting for the first epoch to end",
    );
  });
});
