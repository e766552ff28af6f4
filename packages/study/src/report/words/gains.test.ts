import { expect, test } from "vitest";
import { gainErrorWords, gainText, gainWords, leadingImprovement } from "./gains.ts";

const improvement = (title: string, difference: number, standardError = 0.003) => ({
  title,
  gain: { difference, standardError, images: 5000 },
});

const wordsOf = (...improvements: ReturnType<typeof improvement>[]): string =>
  gainWords(improvements).join(" ").replaceAll("\u00a0", " ");

test("a gain is written in points with its sign and standard error", () => {
  const text = (difference: number) =>
    gainText({ difference, standardError: 0.0031, images: 1 }).replaceAll("\u00a0", " ");
  expect([0.0194, -0.0036, 0, -0.0001].map(text)).toEqual([
    "+1.9 ± 0.3",
    "−0.4 ± 0.3",
    "0.0 ± 0.3",
    "0.0 ± 0.3",
  ]);
});

test("the largest clear gain is named first, whatever the order, and whether it leads clearly", () => {
  const words = wordsOf(improvement("B", 0.008), improvement("A", 0.03), improvement("C", 0.002));
  expect(words).toContain(
    "is that of A (+3.0 ± 0.3). It is clearly ahead of the next. Clear gains, too: B (+0.8 ± 0.3).",
  );
  expect(words).toContain(
    "Not to be told from no change at all, being within 2 standard errors of it: C (+0.2 ± 0.3).",
  );
  expect(wordsOf(improvement("A", 0.012), improvement("B", 0.008))).toContain(
    "It can't be told from the next, B.",
  );
});

test("where no gain is clear none is claimed, though one is ahead", () => {
  const words = wordsOf(improvement("A", 0.005), improvement("B", -0.001));
  expect(words).toContain(
    "No change has a clear gain over the baseline. The largest difference is that of A (+0.5 ± 0.3).",
  );
});

test("clear losses are told, the greatest first", () => {
  expect(wordsOf(improvement("A", -0.01), improvement("B", -0.04))).toContain(
    "Clearly worse than the baseline: B (−4.0 ± 0.3) and A (−1.0 ± 0.3).",
  );
});

test("the largest gain is the one that comes to most at the least, not one that few images show", () => {
  const [few, many] = [improvement("Few", 0.05, 0.024), improvement("Many", 0.02, 0.002)];
  expect(leadingImprovement([few, many])?.title).toBe("Many");
  expect(wordsOf(few, many)).toContain("is that of Many (+2.0 ± 0.2). It can't be told from the next, Few.");
  expect(leadingImprovement([improvement("A", 0.005)])).toBeUndefined();
});

test("the ± tells what it holds: images, and seeds where they were measured", () => {
  const words = (runs: number, deviation: number) =>
    gainErrorWords({ runs, deviation }).replaceAll("\u00a0", " ");
  expect(words(5, 0.0012)).toContain("5 runs of the baseline, alike but for the seed, spread by 0.12 points");
  expect(words(1, 0)).toContain("what another seed does is not in it");
});

test("of many comparisons it is said what part looks clear by chance", () => {
  const many = Array.from({ length: 20 }, (_, i) => improvement(`V${i}`, 0));
  expect(wordsOf(...many)).toContain("about 2.5 % of changes that do nothing would look clearly better");
  expect(gainWords([])).toEqual(["No change came to a figure to compare."]);
});
