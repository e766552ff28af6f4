import { expect, test } from "vitest";
import type { SettingResult } from "../../stages/results.ts";
import { seededStudy, spreadOf } from "../../testing/study.ts";
import { publishedWords } from "./published.ts";

const [template] = seededStudy({ part: "basic" }).settings as [SettingResult];

const setting = (
  accuracy: number | null,
  published: SettingResult["published"] = [0.384, 0.391],
): SettingResult => ({
  ...template,
  published,
  figures: { "test/accuracy": spreadOf([accuracy]) },
});

const wordsOf = (settings: readonly SettingResult[], quick = false): string =>
  publishedWords({ settings, quick }).join(" ").replaceAll("\u00a0", " ");

test("all within, to the tenth of a point that is shown", () => {
  expect(wordsOf([setting(0.3836), setting(0.3914)])).toContain("all two settings lies within the range");
});

test("those outside are named with their distance", () => {
  const words = wordsOf([setting(0.385), setting(0.38), setting(0.4)]);
  expect(words).toContain("of one of the three settings lies within");
  expect(words).toContain("(38.0 %) lies 0.4 points below it");
  expect(words).toContain("(40.0 %) lies 0.9 points above it");
});

test("a quick study, other data and a run without a figure are not compared", () => {
  expect(wordsOf([setting(0.38)], true)).toBe("");
  expect(wordsOf([setting(0.38, null), setting(null)])).toBe("");
});
