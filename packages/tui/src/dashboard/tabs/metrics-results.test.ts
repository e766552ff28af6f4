import type { Split } from "@trainscope/core";
import type { MetricInfo, MetricResultEvent } from "@trainscope/core/events";
import { at, metricInfo } from "@trainscope/core/testing";
import { expect, test } from "vitest";
import { addToDashboard } from "../model/add-event.ts";
import type { DashboardState } from "../model/state.ts";
import { madeUpState, sceneOf, textOf } from "../picture/testing/scene.ts";
import { sweepFaults } from "../picture/testing/sweep.ts";
import { metricsTab } from "./metrics.ts";

const ANIMALS = ["cat", "dog", "frog"];
const ROC: MetricResultEvent["value"] = {
  kind: "curves",
  curves: [
    { name: "cat", x: [0, 0, 1], y: [0, 1, 1] },
    { name: "dog", x: [0, 0.5, null, 1], y: [0, 0.25, 0.5, 1] },
  ],
};

/** A run of three epochs whose recall is told by class, and what else is told whole. */
function stateWith(
  values: Readonly<Record<string, MetricResultEvent["value"]>>,
  classes: readonly string[] = ANIMALS,
): DashboardState {
  const made = madeUpState({ names: classes });
  const told = classes.map((name, k) => ({
    info: metricInfo("validation", `recall/${name}`, {
      unit: "fraction",
      direction: "max",
      display: { chart: false },
      description: "What is found of a class.",
    }),
    value: k / classes.length,
  }));
  const metrics: readonly MetricInfo[] = [metricInfo("validation", "loss"), ...told.map(({ info }) => info)];
  const run = made.run && { ...made.run, metrics };
  const recall = Object.fromEntries(told.map(({ info, value }) => [info.tag, value]));
  const epoch = at(1, {
    type: "epoch:end",
    epoch: 1,
    epochs: 40,
    learningRate: 0.1,
    metrics: { "validation/loss": 2, ...recall },
    timing: { trainMs: 1, evaluateMs: 1 },
  });
  const whole = Object.entries(values).map(([tag, value], index) => {
    const [split = "", name = ""] = tag.split("/");
    return at(2 + index, {
      type: "metric:result",
      epoch: 1,
      tag,
      name,
      split: split as Split,
      value,
      description: `All about ${name}.`,
      display: { axes: ["Answer", "Truth"], diagonal: name === "roc" },
    });
  });
  return [epoch, ...whole].reduce(addToDashboard, { ...made, run });
}

function pages(state: DashboardState, width = 80, height = 19, theme = {}): readonly string[] {
  const last = metricsTab.lastScroll?.(sceneOf(state), { left: 0, top: 0, width, height }) ?? 0;
  return Array.from({ length: last + 1 }, (_, page) =>
    textOf(metricsTab, sceneOf(state, theme, { metrics: page }), width, height),
  );
}

test("after the charts come the figures of each class as bars, which the charts leave out", () => {
  const [charts, classes] = pages(stateWith({}));
  expect(charts).not.toContain("Recall");
  expect(classes).toMatch(/^Recall validation\nWhat is found of a class\. *\n/);
  expect(classes).toMatch(/cat +─+ +0\.00 %/);
  expect(classes).toMatch(/frog +━+╸?─+ +66\.67 %/);
  expect(classes).toContain("page 2 of 2 – recall");
});

test("a matrix of the classes has their names, counts as they are, and says what rows and columns are", () => {
  const state = stateWith({
    "validation/confusion": {
      kind: "matrix",
      rows: [
        [6, 3, 1],
        [2, 80, null],
        [0, 0, 0],
      ],
    },
  });
  const page = pages(state).at(-1) ?? "";
  expect(page).toContain("validation · epoch 1 · rows: Truth, columns: Answer");
  expect(page).toContain("All about confusion.");
  expect(page).toMatch(/ cat +dog +frog/);
  expect(page).toMatch(/cat +6 +3 +1/);
  expect(page).toMatch(/dog +2 +80 +-/);
});

test("shares are told in per cent, and other numbers to two digits under the numbers of their columns", () => {
  const state = stateWith({
    "validation/shares": { kind: "matrix", rows: [[0.256, 1]] },
    "validation/numbers": { kind: "matrix", rows: [[-0.256, 12.34]] },
  });
  const [shares = "", numbers = ""] = pages(state).slice(-2);
  expect(shares).toContain("columns: Answer, %");
  expect(shares).toMatch(/0 +26 +100/);
  expect(numbers).toMatch(/ 0 +1 *\n *\n0 +-0\.26 +12 *\n/);
});

test("curves have their names beside them; a straight one goes from corner to corner, a broken one has a gap", () => {
  const [, , page = ""] = pages(stateWith({ "validation/roc": ROC }), 80, 19, { ascii: true });
  expect(page).toMatch(/aa cat/);
  expect(page).toMatch(/bb dog/);
  const rows = page.split("\n").filter((row) => /^ *[\d.]*[|+]/.test(row));
  // The cats' curve goes up at the left and along the top; the dogs' is below it, and ends at the right.
  expect(rows[0]).toMatch(/1\.0\+a{40,}b? aa cat/);
  expect(rows.slice(1, 6).every((row) => /^ +[\d.]*[|+]a/.test(row))).toBe(true);
  expect(rows.some((row) => /\.[ ]*b|b[ ]*\./.test(row))).toBe(true);
});

test("the newest result takes the place of the one before, and the test split has its own", () => {
  const before = stateWith({ "validation/roc": ROC });
  const after = addToDashboard(before, {
    ...(before.results.get("validation/roc") as MetricResultEvent),
    epoch: 7,
  });
  const tested = addToDashboard(after, {
    ...(before.results.get("validation/roc") as MetricResultEvent),
    tag: "test/roc",
    split: "test",
  });
  const [, , validation, test] = pages(tested);
  expect(validation).toContain("validation · epoch 7");
  expect(test).toContain("test · epoch 1");
});

test("of a hundred classes the lowest are told, and the matrix has a shade for each entry or more", () => {
  const names = Array.from({ length: 100 }, (_, k) => `kind ${k}`);
  const rows = names.map((_, i) => names.map((_, j) => (i === j ? 90 : 0)));
  const state = stateWith({ "validation/confusion": { kind: "matrix", rows } }, names);
  const [, classes = "", matrix = ""] = pages(state);
  expect(classes).toMatch(/kind 0 .*0\.00 %/);
  expect(classes).not.toContain("kind 99");
  expect(matrix).not.toMatch(/90/);
  const shown = pages(state, 80, 19, { color: false })[2]?.split("\n").slice(2, -1) ?? [];
  expect(shown[0]).toMatch(/^█+ /);
  expect(shown.at(-2)?.trimEnd()).toMatch(/^ +█+$/);
});

test("a class whose figure stands still keeps its bar", () => {
  const made = stateWith({});
  const run = made.run && {
    ...made.run,
    metrics: made.run.metrics.map((info) =>
      info.name === "loss" ? info : { ...info, direction: "none" as const },
    ),
  };
  const epochs = [2, 3, 4].map((epoch) =>
    at(epoch, {
      type: "epoch:end",
      epoch,
      epochs: 40,
      learningRate: 0.1,
      metrics: {
        "validation/loss": 2,
        "validation/recall/cat": 0,
        "validation/recall/dog": epoch / 10,
        "validation/recall/frog": epoch / 20,
      },
      timing: { trainMs: 1, evaluateMs: 1 },
    }),
  );
  const [, classes] = pages(epochs.reduce(addToDashboard, { ...made, run }));
  for (const name of ANIMALS) expect(classes).toContain(name);
});

test.each([
  ["curves and a matrix", stateWith({ "validation/roc": ROC, "test/m": { kind: "matrix", rows: [[1, 2]] } })],
  [
    "what holds nothing",
    stateWith({
      "validation/a": { kind: "matrix", rows: [] },
      "validation/b": { kind: "matrix", rows: [[], []] },
      "validation/c": { kind: "curves", curves: [] },
      "validation/d": { kind: "curves", curves: [{ name: "e", x: [null, 1], y: [1, null] }] },
      "validation/f": { kind: "matrix", rows: [[null], [0]] },
    }),
  ],
  [
    "names and numbers that are long",
    stateWith({
      "validation/a": { kind: "matrix", rows: [[1e300, -1e-300]] },
      [`validation/${"b".repeat(90)}`]: {
        kind: "curves",
        curves: Array.from({ length: 300 }, (_, i) => ({
          name: `${"c".repeat(40)}\u001b[2J${i}`,
          x: [i, 1e300],
          y: [-1e300, 1e300],
        })),
      },
    }),
  ],
  [
    "the whole range of numbers",
    stateWith({
      "validation/a": {
        kind: "curves",
        curves: [
          {
            name: "b",
            x: [-Number.MAX_VALUE, 0, Number.MAX_VALUE],
            y: [-Number.MAX_VALUE, 0, Number.MAX_VALUE],
          },
        ],
      },
    }),
  ],
])("nothing leaves its place in any size of terminal: %s", (_, state) => {
  expect(sweepFaults(metricsTab, state).slice(0, 5)).toEqual([]);
});
