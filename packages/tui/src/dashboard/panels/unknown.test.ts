// A run of another program, which tells its figures and nothing else.
import type { TrainingEvent } from "@trainscope/core/events";
import { withMetricsOf } from "@trainscope/core/records";
import { at, metricInfo } from "@trainscope/core/testing";
import { expect, it } from "vitest";
import { linesOf } from "../../reporters/lines.ts";
import { stateAfter } from "../testing/events.ts";
import { plainText, type Row } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { progressRows } from "./progress.ts";
import { settingsLine, settingsRows } from "./settings.ts";
import { titleRow } from "./title.ts";

const theme = createTheme({ color: false, ascii: false });
const watched = { kind: "watched", name: "stdin" } as const;
const START = at(0, { type: "run:start", config: {}, metrics: [] });
const end = (epoch: number) =>
  at(1000 * epoch, {
    type: "epoch:end",
    epoch,
    epochs: 0,
    learningRate: 0,
    metrics: { "train/loss": 2 / epoch },
    timing: { trainMs: 1000, evaluateMs: 0 },
  });
const epochOf = (epoch: number) => [
  at(1000 * (epoch - 1), { type: "epoch:start", epoch, epochs: 0 }),
  end(epoch),
];
const state = stateAfter([START, ...epochOf(1), ...epochOf(2)]);
const text = (rows: readonly Row[]): string => rows.map(plainText).join("\n");

it("what isn't known is left out, and never a value", () => {
  const rows = text(settingsRows(state, 50, 20, theme));
  expect(rows).not.toMatch(/undefined|NaN|\d/);
  expect(rows).toBe("the program tells no settings");
  expect(text([settingsLine(state, 80, theme)])).toBe(" the program tells no settings");
  expect(text([titleRow(state, watched, 80, theme)])).toMatch(/^ ◆ trainscope +● stdin · training $/);
});

it("the settings that only it has are there under their own names", () => {
  const start = at(0, {
    type: "run:start",
    config: { model: "resnet18", learningRate: 0.5 } as object,
    metrics: [],
  });
  const rows = text(settingsRows(stateAfter([start]), 50, 20, theme));
  expect(rows.split("\n").map((row) => row.replace(/ +/g, " "))).toEqual([
    "learning rate η 0.5",
    "model resnet18",
  ]);
});

it("told by points it has a time left as soon as its pace is known", () => {
  const point = (x: number) => at(60_000 * x, { type: "point", x, metrics: { "train/loss": 1 / x } });
  const start = at(0, { type: "run:start", axis: "step", length: 10, config: {}, metrics: [] });
  const after = (...events: readonly TrainingEvent[]) =>
    text(progressRows(stateAfter([start, ...events]), watched, 240_000, 80, theme));
  expect(after(point(1))).toMatch(/-:-- left/);
  expect(after(point(1), point(2), point(4))).toMatch(/^step +4\/10 .* 40% +6:00 left/m);
});

it.each([
  [1500, "tokens/s", 80, "1.5k tokens/s"],
  [3.25, "steps/s", 100, "3.25 steps/s"],
])("what it gets through in a second is told in its own unit: %d %s", (value, unit, width, shown) => {
  const metrics = [
    metricInfo("validation", "speed", { unit }),
    metricInfo("train", "loss"),
    metricInfo("train", "speed", { unit }),
  ];
  const start = at(0, { type: "run:start", axis: "step", config: {}, metrics });
  const told = { "validation/speed": 9, "train/loss": 1, "train/speed": value };
  const after = stateAfter([start, at(1000, { type: "point", x: 1, metrics: told })]);
  expect(text(progressRows(after, watched, 2000, width, theme))).toContain(shown);
});

it("of a run without an end the epochs are counted, and no share or time left is made up", () => {
  const rows = text(progressRows(state, watched, 2000, 80, theme));
  expect(rows).toMatch(/^epoch +2 +─+ +0:02 so far$/m);
  expect(rows).not.toMatch(/%|left/);
  expect(state.phase).toBe("training");
});

it("no time is left once the input has ended, whatever was planned", () => {
  const planned = stateAfter([
    at(0, { type: "run:start", config: { epochs: 9 }, metrics: [] }),
    ...[1, 2].flatMap((epoch) => epochOf(epoch).map((event) => ({ ...event, epochs: 9 }))),
  ]);
  expect(text(progressRows(planned, watched, 2000, 80, theme))).toContain("0:07 left");
  const rows = text(progressRows(planned, { ...watched, hasEnded: true }, 2000, 80, theme));
  expect(rows).toContain("the input has ended");
  expect(rows).not.toContain("left");
});

it("its lines have the figures that came, and no more", () => {
  const values = { "train/loss": 2 };
  expect(linesOf(START, [], new Map())).toEqual([]);
  expect(linesOf(end(1), withMetricsOf([], values), new Map())).toEqual([
    "epoch 1 | train: loss 2.0000 | 1.00 s",
  ]);
});
