import type { Drawing } from "@trainscope/core/source";
import { describe, expect, test } from "vitest";
import { addToDashboard } from "../model/add-event.ts";
import { initialState } from "../model/state.ts";
import { drawn, madeUpState, sceneOf, textOf } from "../picture/testing/scene.ts";
import { sweepFaults } from "../picture/testing/sweep.ts";
import type { Run } from "../text/rows.ts";
import { weightsTab } from "./weights.ts";

const TEN = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
const CIFAR = madeUpState({ names: TEN, shape: { width: 32, height: 32, channels: 3 } });
const HUNDRED = madeUpState({
  names: Array.from({ length: 100 }, (_, k) => `kind ${k}`),
  shape: { width: 8, height: 8, channels: 1 },
});

function runsOf(state: typeof CIFAR, theme = {}, width = 80, height = 18): readonly Run[] {
  const panels = weightsTab.panels(sceneOf(state, theme), { left: 0, top: 0, width, height });
  return panels.flatMap((panel) => drawn(panel).rows.flat());
}

test("every class has its picture, its name, and what it is most taken for", () => {
  const text = textOf(weightsTab, sceneOf(CIFAR), 80, 18);
  for (const name of TEN) expect(text).toContain(name);
  expect(text).toContain("→ dog 30 %");
  expect(text).toContain("epoch 3");
  expect(textOf(weightsTab, sceneOf(CIFAR), 200, 54)).toContain("most taken for dog, 30 %");
});

test("at 200 x 60 each weight of a template is one pixel", () => {
  const pixels = runsOf(CIFAR, {}, 200, 54).filter(({ text }) => text.startsWith("▀"));
  expect(pixels.reduce((sum, { text }) => sum + text.length, 0)).toBe(10 * 32 * 16);
});

test("a terminal with real pictures gets the same object until there are other parameters", () => {
  const pictures = (state: typeof CIFAR) =>
    new Set(runsOf(state, { kitty: true }).flatMap(({ picture }) => (picture ? [picture.picture] : [])));
  const before = pictures(CIFAR);
  expect(before.size).toBe(10);
  expect(pictures({ ...CIFAR, recorded: 4 })).toEqual(before);
  for (const picture of pictures({ ...CIFAR, recorded: 4 })) expect(before).toContain(picture);
  const values = CIFAR.parameters?.values;
  if (values === undefined) throw new Error("the made-up state has parameters");
  const after = pictures({ ...CIFAR, parameters: { epoch: 4, values: { ...values } } });
  for (const picture of after) expect(before.has(picture)).toBe(false);
});

test("without pictures there are the numbers, worked out by hand", () => {
  const state = madeUpState({ names: ["up", "down"], shape: { width: 2, height: 1, channels: 1 } });
  const values = {
    classes: 2,
    inputs: 2,
    weights: Float64Array.of(3, -4, 0, 0.5),
    biases: Float64Array.of(0.25, -1),
  };
  const text = textOf(
    weightsTab,
    sceneOf({ ...state, parameters: { epoch: 7, values } }, { color: false }),
    80,
    18,
  );
  expect(text).toContain("epoch 7");
  expect(text).toMatch(/norm of all 5\.02/);
  expect(text).toMatch(/up +5\.0000 +-4\.0000 +3\.0000 +0\.2500 +70\.0 % +down, 30 %/);
  expect(text).toMatch(/down +0\.5000 +0\.0000 +0\.5000 +-1\.0000/);
});

test("all pages together show every class once", () => {
  const area = { left: 0, top: 0, width: 60, height: 12 };
  const last = weightsTab.lastScroll?.(sceneOf(HUNDRED), area) ?? 0;
  expect(last).toBeGreaterThan(1);
  const text = Array.from({ length: last + 1 }, (_, page) =>
    textOf(weightsTab, sceneOf(HUNDRED, {}, { weights: page }), 60, 12),
  ).join("\n");
  const names = text.match(/kind \d+/g) ?? [];
  expect(new Set(names)).toEqual(new Set(HUNDRED.run?.data?.classes));
});

test("before the first epoch, and where a run tells no weights, it says so", () => {
  expect(textOf(weightsTab, sceneOf(initialState()), 60, 12)).toContain(
    "the templates appear when the first epoch ends",
  );
  expect(textOf(weightsTab, sceneOf({ ...CIFAR, parameters: undefined }), 60, 12)).toContain(
    "this run tells no weights",
  );
});

test("a shape that is no picture, and names with escape sequences, do no harm", () => {
  const odd = madeUpState({
    names: ["\u001b[31mred\u001b[0m", "b"],
    shape: { width: 3, height: 2, channels: 2 },
  });
  const text = textOf(weightsTab, sceneOf(odd), 80, 18);
  expect(text).toMatch(/^red +\d/m);
  expect(text).not.toContain("\u001b");
});

test.each([
  ["two classes", madeUpState({ names: ["a", "b"] })],
  ["ten classes of CIFAR-10's shape", CIFAR],
  ["a hundred classes in grey", HUNDRED],
])("nothing leaves its place in any size of terminal: %s", (_, state) => {
  expect(sweepFaults(weightsTab, state).slice(0, 5)).toEqual([]);
});

describe("what another program drew", () => {
  const PIXELS = { width: 2, height: 2, rgba: new Uint8ClampedArray(16).fill(200) };
  const events: readonly Drawing[] = [
    { type: "drawing", tag: "conv1/weight", step: 1, edges: [0, 1], counts: [1] },
    { type: "drawing", tag: "conv1/weight", step: 20, edges: [-9, -1, 0, 1, 3, 9], counts: [0, 4, 1, 2, 0] },
    { type: "drawing", tag: "samples", step: 20, pixels: PIXELS },
  ];
  const drawn = events.reduce(addToDashboard, initialState());

  test("stands with its tag and step: bars from the first bin with values to the last, and pixels", () => {
    const text = textOf(weightsTab, sceneOf(drawn), 80, 18);
    expect(text).toContain("conv1/weight");
    expect(text).toContain("step 20 · -1.0000 to 3.0000");
    expect(text).toContain("step 20 · 2 x 2 pixels");
    expect(text).not.toContain("step 1 ");
    expect(runsOf(drawn).filter(({ color }) => color === 0xc8c8c8).length).toBeGreaterThan(4);
    // Four values over one unit, then one over one, then two over two: a quarter of the columns is four times as high.
    const heightAt = (column: number) => text.split("\n").filter((line) => line[column] === "█").length;
    expect([4, 16, 30].map(heightAt)).toEqual([13, 3, 3]);
  });

  test("is said in words where the terminal shows no pictures", () => {
    expect(textOf(weightsTab, sceneOf(drawn, { color: false }), 80, 18)).toContain("picture of 2 x 2 pixels");
  });

  test("takes pages where cells would get too small, which the keys of the tab turn", () => {
    const tags = Array.from({ length: 20 }, (_, tag) => `layer ${tag}`);
    const many = tags
      .map((tag): Drawing => ({ type: "drawing", tag, step: 1, edges: [0, 1], counts: [1] }))
      .reduce(addToDashboard, initialState());
    const area = { left: 0, top: 0, width: 80, height: 18 };
    expect(weightsTab.lastScroll?.(sceneOf(many), area)).toBe(3);
    expect(textOf(weightsTab, sceneOf(many), 80, 18)).toContain("page 1 of 4");
    const last = sceneOf(many, {}, { weights: 3 });
    expect(textOf(weightsTab, last, 80, 18)).toContain("layer 19");
  });

  test("is empty where no bin has a value that has a place", () => {
    const empty = [{ ...events[0], edges: [0, 1], counts: [0] } as Drawing].reduce(
      addToDashboard,
      initialState(),
    );
    expect(textOf(weightsTab, sceneOf(empty), 80, 18)).toContain("no values");
  });

  test("fits any room", () => {
    expect(sweepFaults(weightsTab, drawn)).toEqual([]);
  });
});
