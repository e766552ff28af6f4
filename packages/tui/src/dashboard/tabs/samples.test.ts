import { expect, test } from "vitest";
import { initialState } from "../model/state.ts";
import type { Scene } from "../panels/scene.ts";
import { drawn, madeUpState, sceneOf, textOf } from "../picture/testing/scene.ts";
import { sweepFaults } from "../picture/testing/sweep.ts";
import { samplesTab } from "./samples.ts";

const STATE = madeUpState({ mistakes: 24 });
const AREA = { left: 0, top: 0, width: 80, height: 18 };

function picturesOf(scene: Scene) {
  const runs = samplesTab.panels(scene, AREA).flatMap((panel) => drawn(panel).rows.flat());
  return [...new Set(runs.flatMap(({ picture }) => (picture ? [picture.picture] : [])))];
}

test("a card says what the image is, what it was taken for, and how sure the model was", () => {
  const text = textOf(samplesTab, sceneOf(madeUpState({ mistakes: 1 })), 120, 30);
  expect(text).toContain("cat, taken for dog");
  expect(text).toMatch(/dog .*60 %/);
  expect(text).toMatch(/cat .*30 %/);
  expect(text).toContain("image 1,000");
});

test("the true class is told even where it is not among the first three", () => {
  const state = madeUpState({ names: ["a", "b", "c", "d", "e"], mistakes: 1 });
  const [first] = state.examination?.mistakes ?? [];
  if (first === undefined || state.examination === undefined)
    throw new Error("the made-up state has a mistake");
  const mistakes = [{ ...first, label: 4, probabilities: [0.5, 0.2, 0.15, 0.1, 0.05] }];
  const text = textOf(
    samplesTab,
    sceneOf({ ...state, examination: { ...state.examination, mistakes } }),
    80,
    18,
  );
  expect(text).toContain("e, taken for a");
  expect(text).toMatch(/e .* 5 %/);
  expect(text).not.toContain("10 %");
});

test("it counts the wrong answers of all", () => {
  const confusion = [
    [50, 30, 20],
    [20, 50, 30],
    [30, 20, 4050],
  ];
  const text = textOf(samplesTab, sceneOf(madeUpState({ confusion })), 80, 18);
  expect(text).toContain("150 of 4,300 wrong");
});

test("a terminal with real pictures gets the image's own pixels, and the same object again", () => {
  const scene = sceneOf(STATE, { kitty: true });
  const [first, ...rest] = picturesOf(scene);
  expect(rest.length).toBeGreaterThan(2);
  expect(picturesOf({ ...scene, state: { ...STATE, recorded: 9 } })[0]).toBe(first);
  // The bytes of image 1000 are (1000 i) mod 256; its planes lie 16 values apart.
  const byte = (i: number) => (1000 * i) % 256;
  expect([...(first?.pixels.rgba.slice(0, 8) ?? [])]).toEqual([
    0,
    byte(16),
    byte(32),
    255,
    byte(1),
    byte(17),
    byte(33),
    255,
  ]);
});

test("all pages together show every mistake once", () => {
  const last = samplesTab.lastScroll?.(sceneOf(STATE, { color: false }), AREA) ?? 0;
  const pages = Array.from({ length: last + 1 }, (_, page) =>
    textOf(samplesTab, sceneOf(STATE, { color: false }, { samples: page }), 80, 18),
  );
  expect(pages.join("\n").match(/1,0\d\d/g)).toHaveLength(24);
});

test("without the images there is a list, which says why", () => {
  const text = textOf(samplesTab, { ...sceneOf(STATE), imageOf: undefined }, 120, 18);
  expect(text).toContain("pictures are not at hand");
  expect(text).toMatch(/1,000 +cat +30 % +dog +60 % +frog 10 %/);
});

test("nothing to show is said in a sentence", () => {
  expect(textOf(samplesTab, sceneOf(initialState()), 60, 12)).toContain("when the first epoch ends");
  expect(textOf(samplesTab, sceneOf(madeUpState({ mistakes: 0 })), 60, 12)).toContain("every answer is right");
  expect(textOf(samplesTab, sceneOf({ ...STATE, examination: undefined }), 60, 12)).toContain(
    "this run tells nothing",
  );
});

test.each([
  ["two classes", madeUpState({ names: ["a", "b"] })],
  [
    "long names",
    madeUpState({ names: ["a very long name of a class indeed", "another that is no shorter"], mistakes: 24 }),
  ],
  [
    "a hundred classes in grey",
    madeUpState({
      names: Array.from({ length: 100 }, (_, k) => `kind ${k}`),
      shape: { width: 9, height: 5, channels: 1 },
      mistakes: 60,
    }),
  ],
])("nothing leaves its place in any size of terminal: %s", (_, state) => {
  expect(sweepFaults(samplesTab, state).slice(0, 5)).toEqual([]);
});
