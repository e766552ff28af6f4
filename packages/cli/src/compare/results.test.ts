import type { EventBody, MetricResultEvent } from "@trainscope/core/events";
import { createTheme, panelRows, plainText } from "@trainscope/tui/parts";
import { describe, expect, it } from "vitest";
import { createComparison, metricOf } from "./comparison.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import { comparisonObject } from "./comparison-json.ts";
import { describeResult } from "./describe-result.ts";
import { groupBySeed } from "./group-by-seed.ts";
import { drawResults } from "./picture.ts";
import { resultOf } from "./results.ts";
import { comparePanels } from "./screen/panels.ts";
import { reduceCompare } from "./screen/reducer.ts";
import { type CompareView, firstView, shownOf } from "./screen/view.ts";
import { runMade } from "./testing/runs.ts";

const AXES = { axes: ["predicted", "true"] } as const;

function told(
  tag: string,
  value: MetricResultEvent["value"],
  display: MetricResultEvent["display"] = AXES,
): EventBody {
  const [split = "", name = ""] = tag.split("/");
  return { type: "metric:result", epoch: 2, tag, name, split: split as "validation", display, value };
}

const matrix = (...rows: readonly (readonly (number | null)[])[]) => ({ kind: "matrix", rows }) as const;
const ROC = told(
  "validation/roc",
  { kind: "curves", curves: [{ name: "cat", x: [0, 0.5, 1], y: [0, 0.75, 1] }] },
  { axes: ["false positives", "true positives"], diagonal: true },
);

const comparison = createComparison([
  runMade({
    runId: "a-1",
    accuracies: [0.1, 0.2],
    after: [
      told("validation/confusion", matrix([9, 8], [7, 6])),
      told("validation/confusion", matrix([41, 2], [3, 44])),
      ROC,
    ],
  }),
  runMade({
    runId: "a-2",
    accuracies: [0.3, 0.4],
    after: [told("validation/confusion", matrix([51, null], [13, 54]))],
  }),
]);
const confusion = resultOf(comparison, "validation/confusion") ?? expect.fail("there is none");
const roc = resultOf(comparison, "validation/roc") ?? expect.fail("there is none");

describe("matrices and curves of a comparison", () => {
  it("are those that any run has told, each as it was told last", () => {
    expect(comparison.results.map(({ tag, kind }) => [tag, kind])).toEqual([
      ["validation/confusion", "matrix"],
      ["validation/roc", "curves"],
    ]);
    expect(() => metricOf(comparison, "validation/rok")).toThrow(/"validation\/rok"/);
    expect(() => metricOf(comparison, "x")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("validation/confusion, validation/roc") }),
    );
  });

  it("are in the JSON, run by run", () => {
    const { results, runs } = JSON.parse(JSON.stringify(comparisonObject(comparison)));
    expect(results[0]).toMatchObject({ tag: "validation/confusion", kind: "matrix", display: AXES });
    expect(runs[0].results).toEqual({
      "validation/confusion": {
        epoch: 2,
        kind: "matrix",
        rows: [
          [41, 2],
          [3, 44],
        ],
      },
      "validation/roc": {
        epoch: 2,
        kind: "curves",
        curves: [{ name: "cat", x: [0, 0.5, 1], y: [0, 0.75, 1] }],
      },
    });
    expect(runs[1].results).toEqual({
      "validation/confusion": {
        epoch: 2,
        kind: "matrix",
        rows: [
          [51, null],
          [13, 54],
        ],
      },
    });
  });

  it("are a line an entry in the CSV, at the epoch that they are of", () => {
    const lines = [...comparisonCsv(comparison)].join("").split("\n");
    expect(lines.filter((line) => /confusion|roc/.test(line))).toEqual([
      "a-1,2,6,validation/confusion/1/1,41",
      "a-1,2,6,validation/confusion/1/2,2",
      "a-1,2,6,validation/confusion/2/1,3",
      "a-1,2,6,validation/confusion/2/2,44",
      ...["1/x,0", "1/y,0", "2/x,0.5", "2/y,0.75", "3/x,1", "3/y,1"].map(
        (at) => `a-1,2,6,validation/roc/cat/${at}`,
      ),
      "a-2,2,6,validation/confusion/1/1,51",
      "a-2,2,6,validation/confusion/1/2,",
      "a-2,2,6,validation/confusion/2/1,13",
      "a-2,2,6,validation/confusion/2/2,54",
    ]);
  });

  it("are printed below each other, of each run that has one", () => {
    const text = describeResult(comparison, confusion).join("\n");
    expect(text).toMatch(/validation\/confusion of 1, after epoch 2\n[^\n]*\n *0 +41 +2\n *1 +3 +44\n/);
    expect(text).toMatch(/validation\/confusion of 2, after epoch 2\n[^\n]*\n *0 +51 +-\n *1 +13 +54$/);
    expect(describeResult(comparison, roc).filter((line) => line.includes("after epoch"))).toEqual([
      "validation/roc of 1, after epoch 2",
    ]);
  });

  it("are drawn side by side, with the diagonal of curves", async () => {
    const svg = String(await drawResults(comparison, "svg", confusion));
    for (const text of [
      "Confusion (validation) of 2 runs",
      "after epoch 2",
      ">41<",
      ">54<",
      "predicted",
      "true",
    ]) {
      expect(svg).toContain(text);
    }
    const curves = String(await drawResults(comparison, "svg", roc));
    expect(curves).toContain("false positives");
    expect(curves).toContain("stroke-dasharray");
    await expect(drawResults({ runs: [] }, "svg", roc)).rejects.toMatchObject({ code: "BAD_OPTION" });
  });

  it("come after the metrics on the screen, the selected run's in place of the chart", () => {
    const theme = createTheme({ color: false, ascii: false });
    const screen = (view: CompareView): string =>
      comparePanels({ comparison, view, notice: undefined, theme }, 100, 30)
        .flatMap((panel) => panelRows(panel, theme).map(plainText))
        .join("\n");
    const press = (view: CompareView, ...commands: Parameters<typeof reduceCompare>[1][]): CompareView =>
      commands.reduce((now, command) => reduceCompare(now, command, comparison, 5).view, view);
    const first = firstView(undefined, "axis");
    const last = press(first, { kind: "metric", by: -1 });
    expect(shownOf(comparison, last).result?.tag).toBe("validation/roc");
    const before = press(last, { kind: "metric", by: -1 });
    expect(screen(before)).toMatch(/Validation confusion .*1, epoch 2 +metric 2\/3[\s\S]*41 +2/);
    const other = press(before, { kind: "move", by: 1 });
    expect(screen(other)).toMatch(/Validation confusion .*2, epoch 2[\s\S]*51 +-/);
    expect(screen(press(other, { kind: "metric", by: 1 }))).toContain("2 has none");
    expect(shownOf(comparison, press(last, { kind: "metric", by: 1 })).result).toBeUndefined();
  });

  it("a mean of runs has none", () => {
    const runs = [1, 2].map((seed) =>
      runMade({ runId: `s-${seed}`, settings: { seed }, accuracies: [0.1], after: [ROC] }),
    );
    expect(createComparison(groupBySeed(runs)).results).toEqual([]);
  });
});
