import { expect, test } from "vitest";
import { initialState } from "../model/state.ts";
import { drawn, madeUpState, sceneOf, textOf } from "../picture/testing/scene.ts";
import { sweepFaults } from "../picture/testing/sweep.ts";
import { classesTab } from "./classes.ts";

/** Of 10 cats 6 are right and 3 taken for dogs, and so on; the frogs have no images. */
const CONFUSION = [
  [6, 3, 1],
  [2, 8, 0],
  [0, 0, 0],
];
const THREE = madeUpState({ confusion: CONFUSION });
const TEN = madeUpState({
  names: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
});
const HUNDRED = madeUpState({
  names: Array.from({ length: 100 }, (_, k) => `kind ${k}`),
  shape: { width: 8, height: 8, channels: 1 },
});

test("a row is a true class, in per cent of its images; the right answers are marked without colour", () => {
  const text = textOf(classesTab, sceneOf(THREE, { color: false }), 80, 18);
  expect(text).toMatch(/cat +\[60\] +30 +10/);
  expect(text).toMatch(/dog +20 +\[80\] +0/);
  expect(text).toMatch(/frog +0 +0 +\[ 0\]/);
  expect(text).toContain("cat most taken for dog, 30 %");
});

test("recall and precision stand with each class", () => {
  const text = textOf(classesTab, sceneOf(THREE), 120, 30);
  // Eight answers are "cat", six of them right.
  expect(text).toMatch(/cat .*60\.0 % +75\.0 %/);
  expect(text).toMatch(/dog .*80\.0 % +72\.7 %/);
  expect(text).toMatch(/frog .* - +0\.0 %/);
  expect(text).toContain("accuracy 70.0 %");
});

test("the histogram counts right and wrong answers, from 0 to 1", () => {
  const text = textOf(classesTab, sceneOf(THREE), 120, 30);
  expect(text).toContain("right 210");
  expect(text).toContain("wrong 210");
  expect(text).toMatch(/ 0 +0\.25 +0\.5 +0\.75 +1/);
});

test("at 60 x 18 one page has the matrix of ten classes with their recall, the next the histogram", () => {
  const [first, second] = [0, 1].map((page) => textOf(classesTab, sceneOf(TEN, {}, { classes: page }), 60, 12));
  expect(first).toMatch(/automobile +2 +54 +30 .*54\.0 %/);
  expect(first).toContain("page 1 of 2");
  expect(second).toContain("Probability of the true class");
});

test("cells of equal share look alike, right answers unlike wrong ones, on dark and on light", () => {
  for (const background of ["dark", "light"] as const) {
    const panels = classesTab.panels(sceneOf(THREE, { background }), {
      left: 0,
      top: 0,
      width: 80,
      height: 12,
    });
    const rows = panels.flatMap((panel) => drawn(panel).rows);
    const shades = (percent: string) =>
      new Set(
        rows
          .flat()
          .flatMap(({ text, background }) =>
            background !== undefined && text.trim() === percent ? [background] : [],
          ),
      );
    expect(shades("0").size).toBe(1);
    expect(shades("60")).not.toEqual(shades("30"));
    expect([...shades("20")]).not.toEqual([...shades("80")]);
  }
});

test("of many classes the most confused pairs are told, and every class's recall on some page", () => {
  const last = classesTab.lastScroll?.(sceneOf(HUNDRED), { left: 0, top: 0, width: 80, height: 18 }) ?? 0;
  const pages = Array.from({ length: last + 1 }, (_, page) =>
    textOf(classesTab, sceneOf(HUNDRED, {}, { classes: page }), 80, 18),
  );
  expect(pages[0]).toContain("kind 0 taken for kind 1");
  const listed = pages
    .slice(1, -1)
    .join("\n")
    .match(/^ ?kind \d+/gm);
  expect(listed).toHaveLength(100);
  expect(pages.at(-1)).toContain("Probability of the true class");
});

test("before the first epoch, and where a run tells nothing, it says so", () => {
  expect(textOf(classesTab, sceneOf(initialState()), 60, 12)).toContain("when the first epoch ends");
  expect(textOf(classesTab, sceneOf({ ...TEN, examination: undefined }), 60, 12)).toContain(
    "this run tells nothing",
  );
  // Continued within an epoch, whose end is yet to come.
  const continued = { ...TEN, examination: undefined, recorded: 7, recordedBefore: 7 };
  expect(textOf(classesTab, sceneOf(continued), 60, 12)).toContain("appear when this epoch ends");
});

test("in a replay it says what is missing: a checkpoint, or the images", () => {
  const empty = sceneOf({ ...TEN, examination: undefined });
  const replay = { kind: "replay", playing: false, speed: 1, epoch: 7, lastEpoch: 9 } as const;
  const told = (lacking?: string) => textOf(classesTab, { ...empty, source: { ...replay, lacking } }, 60, 12);
  expect(told()).toContain("no checkpoint at or before epoch 7");
  expect(told("CIFAR-10 is not at hand")).toContain("CIFAR-10 is not at hand");
  const making = { ...empty, source: { ...replay, making: 7 } };
  expect(textOf(classesTab, making, 60, 12)).toContain("appear when epoch 7 has been trained again");
});

test.each([
  ["two classes", madeUpState({ names: ["a", "b"] })],
  [
    "no images",
    madeUpState({
      confusion: [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    }),
  ],
  ["ten classes", TEN],
  ["a hundred classes", HUNDRED],
])("nothing leaves its place in any size of terminal: %s", (_, state) => {
  expect(sweepFaults(classesTab, state).slice(0, 5)).toEqual([]);
});
