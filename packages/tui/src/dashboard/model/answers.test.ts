import { runStart } from "@trainscope/core/testing";
import { expect, test } from "vitest";
import {
  answerCounts,
  answersByProbability,
  classNames,
  confusedPairs,
  mostConfused,
  precision,
  recall,
} from "./answers.ts";

/** 10 images of class 0, 10 of class 1, none of class 2. */
const CONFUSION = [
  [6, 3, 1],
  [2, 8, 0],
  [0, 0, 0],
];

test("recall is of a class's images, precision of its answers; neither where there are none", () => {
  expect([0, 1, 2].map((k) => recall(CONFUSION, k))).toEqual([0.6, 0.8, undefined]);
  expect([0, 1, 2].map((k) => precision(CONFUSION, k))).toEqual([6 / 8, 8 / 11, 0]);
});

test("the pairs are ordered by their share of the class, and right answers are not among them", () => {
  expect(confusedPairs(CONFUSION)).toEqual([
    { label: 0, answer: 1, images: 3, share: 0.3 },
    { label: 1, answer: 0, images: 2, share: 0.2 },
    { label: 0, answer: 2, images: 1, share: 0.1 },
  ]);
  expect(mostConfused(CONFUSION, 1)).toEqual({ label: 1, answer: 0, images: 2, share: 0.2 });
  expect(mostConfused(CONFUSION, 2)).toBeUndefined();
  expect(mostConfused([[4]], 0)).toBeUndefined();
});

test("wrong answers are counted over all classes", () => {
  expect(answerCounts(CONFUSION)).toEqual({ images: 20, wrong: 6 });
});

test("the likeliest class comes first, the earlier of equals", () => {
  expect(answersByProbability([0.2, 0.3, 0.2, 0.3])).toEqual([1, 3, 0, 2]);
});

test("a class that the run doesn't name has a number, and names are safe to print", () => {
  const start = { v: 1, seq: 0, runId: "run", time: 0, ...runStart() } as const;
  const run = { ...start, data: { ...start.data, classes: ["cat\u001b[2J", ""] } };
  expect(classNames(run, 3)).toEqual(["cat", "class 1", "class 2"]);
});
