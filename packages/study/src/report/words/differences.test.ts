import { expect, test } from "vitest";
import type { OptionalResults, VariantResult } from "../../stages/results.ts";
import { seededOptionalResults } from "../../testing/study.ts";
import { differenceWords } from "./differences.ts";

const optional = seededOptionalResults();

const wordsOf = (results: OptionalResults): string =>
  differenceWords(results).join(" ").replaceAll("\u00a0", " ");

const only = (...ids: string[]): OptionalResults => ({
  ...optional,
  variants: optional.variants.filter(({ id }) => ids.includes(id)),
});

test("variants that take another learning rate or λ are named, but for the one that is about the rate", () => {
  expect(wordsOf(only("mirroring", "cosine", "high-rate", "bce"))).toContain(
    "in one thing, and where that needs another learning rate, in that (Cosine and Binary cross-entropy), and Binary " +
      "cross-entropy in λ, to the same end.",
  );
  expect(wordsOf(only("mirroring", "batch-20"))).toContain("trained anew, in one thing. They are judged");
});

test("who chooses an epoch on the images it is judged by is named, with its fair comparison", () => {
  expect(wordsOf(only("high-rate", "best-epoch", "early-stopping"))).toContain(
    "Best model and Early stopping choose their epoch on the very images that they are judged by, which flatters them. " +
      "Their fair comparison is Ten times the rate, which differs in nothing else.",
  );
  expect(wordsOf(only("best-epoch"))).not.toContain("fair comparison");
  expect(wordsOf(only("high-rate"))).not.toContain("flatters");
});

test("that none was trained on the validation images is claimed only where it is so", () => {
  const { variants } = only("all-data", "mirroring");
  expect(wordsOf(only("mirroring"))).toContain("5,000 validation images, which none of them was trained on.");
  const [all, ...others] = variants as [VariantResult];
  const words = wordsOf({ ...optional, variants: [{ ...all, validationImages: 1000 }, ...others] });
  expect(words).not.toContain("which none of them");
  expect(words).toContain(
    "None was trained on these but All training data, which was trained on most of them and is judged on the 1,000 held out",
  );
});
