import type { Split } from "@trainscope/core";
import { at, BUILT_IN, epochEvents, metricInfo, runStart, stepEvents } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { stateAfter, stateOf } from "../testing/events.ts";
import { plainText, type Row, rowWidth } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
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
    expect(text(metricsRows(state, 0, new Map(), 76, 5, theme))).toMatchInlineSnapshot(`
      "
                              train      best  epoch   validation      best  epoch
      loss                 ↑ 0.3750    0.2500      2     ↑ 0.3750    0.2500      2
      accuracy            ↑ 37.50 %   50.00 %      1    ↑ 37.50 %   50.00 %      1
      cost                 ↑ 0.3750    0.2500      2     ↑ 0.3750    0.2500      2
      "
    `);
    expect(text(metricsRows(state, 0, new Map(), 58, 5, theme))).toMatchInlineSnapshot(`
      "
                       train    best   at       val    best   at
      loss          ↑ 0.3750  0.2500    2  ↑ 0.3750  0.2500    2
      accuracy     ↑ 37.50 % 50.00 %    1 ↑ 37.50 % 50.00 %    1
      cost          ↑ 0.3750  0.2500    2  ↑ 0.3750  0.2500    2
      "
    `);
  });

  it("adds a trend where there is room", () => {
    expect(text(metricsRows(stateOf(20), 0, new Map(), 100, 4, theme))).toMatchInlineSnapshot(`
      "
                        train      best  epoch   validation      best  epoch                         trend
      loss           ★ 1.6250    1.6250     20     ★ 1.7750    1.7750     20          ▆▃▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
      accuracy      ★ 39.50 %   39.50 %     20    ★ 39.50 %   39.50 %     20          ▁▄▅▅▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆
      cost           ★ 1.6250    1.6250     20     ★ 1.7750    1.7750     20          ▆▃▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
      "
    `);
  });

  it("colours the way a value went by the metric's direction", () => {
    const signs = (values: readonly number[]) =>
      metricsRows(runOf(values), 0, new Map(), 76, 4, theme)
        .slice(1)
        .map((row) => row.find((run) => /[↑↓★]/.test(run.text)))
        .map((run) => `${run?.text.trim()} ${run?.color}`);
    // loss and cost are to fall, accuracy, in between, is to rise
    expect(signs([3, 1, 2])).toEqual(["↑ yellow", "↑ green", "↑ yellow"]);
    expect(signs([1, 3, 2])).toEqual(["↓ green", "↓ yellow", "↓ green"]);
    expect(signs([3, 2, 1])).toEqual(["★ green", "↓ yellow", "★ green"]);
  });

  it("marks neither way of a metric without a direction, and has no best of it", () => {
    const metrics = [metricInfo("train", "norm", { direction: "none" })];
    const [, row] = metricsRows(stateOf(3, metrics), 0, new Map(), 76, 4, theme);
    expect(plainText(row ?? [])).toMatch(/norm +↓ 1\.7667 +-/);
    expect(row?.some(({ color }) => color === "green" || color === "yellow")).toBe(false);
  });

  it("shows a dash where a value is missing", () => {
    const [, row] = metricsRows(runOf([0.5, null]), 0, new Map(), 76, 4, theme);
    expect(plainText(row ?? [])).toMatch(/loss +- +0\.5000 +1 /);
  });

  it("turns a page every four seconds where rows run out, the custom ones before the cost", () => {
    const custom = Array.from({ length: 4 }, (_, index) => metricInfo("train", `custom-${index}`));
    const state = stateOf(2, [...BUILT_IN, ...custom, metricInfo("test", "test-only")]);
    const names = (clock: number) =>
      metricsRows(state, clock, new Map(), 76, 5, theme).map((row) => plainText(row).split(" ")[0]);
    expect(names(3999)).toEqual(["1/2", "loss", "accuracy", "custom-0", "custom-1"]);
    expect(names(4000)).toEqual(["2/2", "custom-1", "custom-2", "custom-3", "cost"]);
    expect(names(8000)).toEqual(names(0));
  });

  it("has a sign of its own for worse where there is no colour", () => {
    const plain = createTheme({ color: false, ascii: true });
    const [, loss, accuracy] = metricsRows(runOf([3, 1, 2]), 0, new Map(), 76, 4, plain);
    expect(plainText(loss ?? [])).toMatch(/w 2\.0000/);
    expect(plainText(accuracy ?? [])).toMatch(/\^ 200\.00 %/);
  });

  it("keeps its columns in line and within the width, whatever a format gives", () => {
    const formats = new Map([["loss", () => "a very long value indeed"]]);
    for (const width of [58, 76, 100, 150]) {
      const widths = metricsRows(stateOf(12_345), 0, formats, width, 9, theme).map(rowWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    }
  });
});

describe("test figures with a course", () => {
  const table = (width: number, ...splits: Split[]) =>
    text(metricsRows(stateAfter(stepEvents(500, ...splits)), 0, new Map(), width, 2, theme));

  it("have the columns of validation where they are alone beside training", () => {
    expect(table(76, "test")).toMatchInlineSnapshot(`
      "
                              train      best   step         test      best   step
      loss                 ★ 2.2000    2.2000    500     ★ 2.7000    2.7000    500
      "
    `);
  });

  it("have columns of their own beside validation, without the step of the best where that has no room", () => {
    expect(table(110, "validation", "test")).toMatchInlineSnapshot(`
      "
                                  train      best   step   validation      best   step         test      best   step
      loss                     ★ 2.2000    2.2000    500     ★ 2.7000    2.7000    500     ★ 2.7000    2.7000    500
      "
    `);
    expect(table(76, "validation", "test")).toMatchInlineSnapshot(`
      "
                          train     best         val     best        test     best
      loss             ★ 2.2000   2.2000    ★ 2.7000   2.7000    ★ 2.7000   2.7000
      "
    `);
  });
});
