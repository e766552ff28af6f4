import { describe, expect, it } from "vitest";
import { at, BUILT_IN, epochEvents, metricInfo, runStart, stateAfter, stateOf } from "../testing/events.ts";
import { plainText, type Row, rowWidth } from "../text/rows.ts";
import { createTheme } from "../theme.ts";
import { metricsRows } from "./metrics.ts";

const theme = createTheme({ color: true, ascii: false });

function text(rows: readonly Row[]): string {
  return `\n${rows.map((row) => plainText(row).trimEnd()).join("\n")}\n`;
}

/** A run of epochs that all tags share the values of. */
function runOf(values: readonly (number | null)[]) {
  const events = epochEvents(values.length, (_, epoch) => values[epoch - 1] ?? null);
  return stateAfter([at(0, runStart()), ...events]);
}

describe("metricsRows", () => {
  it("shows the newest and the best value of each split, and the epoch of the best", () => {
    const state = runOf([0.5, 0.25, 0.375]);
    expect(text(metricsRows(state, new Map(), 76, 5, theme))).toMatchInlineSnapshot(`
      "
                              train      best  epoch   validation      best  epoch
      loss                 ↑ 0.3750    0.2500      2     ↑ 0.3750    0.2500      2
      cost                 ↑ 0.3750    0.2500      2     ↑ 0.3750    0.2500      2
      accuracy            ↑ 37.50 %   50.00 %      1    ↑ 37.50 %   50.00 %      1
      "
    `);
    expect(text(metricsRows(state, new Map(), 58, 5, theme))).toMatchInlineSnapshot(`
      "
                       train    best   at       val    best   at
      loss          ↑ 0.3750  0.2500    2  ↑ 0.3750  0.2500    2
      cost          ↑ 0.3750  0.2500    2  ↑ 0.3750  0.2500    2
      accuracy     ↑ 37.50 % 50.00 %    1 ↑ 37.50 % 50.00 %    1
      "
    `);
  });

  it("adds a trend where there is room", () => {
    expect(text(metricsRows(stateOf(20), new Map(), 100, 4, theme))).toMatchInlineSnapshot(`
      "
                        train      best  epoch   validation      best  epoch                         trend
      loss           ★ 1.6250    1.6250     20     ★ 1.7750    1.7750     20          ▆▃▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
      cost           ★ 1.6250    1.6250     20     ★ 1.7750    1.7750     20          ▆▃▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
      accuracy      ★ 39.50 %   39.50 %     20    ★ 39.50 %   39.50 %     20          ▁▄▅▅▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆
      "
    `);
  });

  it("colours the way a value went by the metric's direction", () => {
    const signs = (values: readonly number[]) =>
      metricsRows(runOf(values), new Map(), 76, 4, theme)
        .slice(1)
        .map((row) => row.find((run) => /[↑↓★]/.test(run.text)))
        .map((run) => `${run?.text.trim()} ${run?.color}`);
    // loss and cost are to fall, accuracy is to rise
    expect(signs([3, 1, 2])).toEqual(["↑ yellow", "↑ yellow", "↑ green"]);
    expect(signs([1, 3, 2])).toEqual(["↓ green", "↓ green", "↓ yellow"]);
    expect(signs([3, 2, 1])).toEqual(["★ green", "★ green", "↓ yellow"]);
  });

  it("marks neither way of a metric without a direction, and has no best of it", () => {
    const metrics = [metricInfo("train", "norm", { direction: "none" })];
    const [, row] = metricsRows(stateOf(3, metrics), new Map(), 76, 4, theme);
    expect(plainText(row ?? [])).toMatch(/norm +↓ 1\.7667 +-/);
    expect(row?.some(({ color }) => color === "green" || color === "yellow")).toBe(false);
  });

  it("shows a dash where a value is missing", () => {
    const [, row] = metricsRows(runOf([0.5, null]), new Map(), 76, 4, theme);
    expect(plainText(row ?? [])).toMatch(/loss +- +0\.5000 +1 /);
  });

  it("says how many metrics are left where rows run out", () => {
    const custom = Array.from({ length: 5 }, (_, index) => metricInfo("train", `custom-${index}`));
    const rows = metricsRows(stateOf(2, [...BUILT_IN, ...custom]), new Map(), 76, 5, theme);
    expect(rows.length).toBe(5);
    expect(plainText(rows.at(-1) ?? [])).toBe("+5 more");
  });

  it("keeps its columns in line and within the width, whatever a format gives", () => {
    const formats = new Map([["loss", () => "a very long value indeed"]]);
    for (const width of [58, 76, 100, 150]) {
      const widths = metricsRows(stateOf(12_345), formats, width, 9, theme).map(rowWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    }
  });
});
