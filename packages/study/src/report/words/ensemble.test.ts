import { expect, test } from "vitest";
import type { EnsembleResult } from "../../stages/results.ts";
import { ensembleWords } from "./ensemble.ts";

const vote: EnsembleResult = {
  members: ["Baseline", "Mirroring", "Noise"],
  memberAccuracies: [0.31, 0.32, 0.33],
  validationAccuracy: 0.34,
  gain: { difference: 0.02, standardError: 0.003, images: 5000 },
  testAccuracy: 0.29,
};

const wordsOf = (changes: Partial<EnsembleResult>): string =>
  ensembleWords({ ...vote, ...changes }, 0.28)
    .join(" ")
    .replaceAll("\u00a0", " ");

test("validation accuracies stand beside each other, and test accuracies beside each other", () => {
  const words = wordsOf({});
  expect(words).toContain(
    "Of the validation images they answer between 31.0 % and 33.0 % right alone, 32.0 % on average, and 34.0 % " +
      "together, more than any of them alone. The vote is clearly better than the baseline there (+2.0 ± 0.3 points).",
  );
  expect(words).toContain("Of the test images the vote answers 29.0 % right, the baseline 28.0 %.");
});

test("the vote is set beside its best member by validation, whatever it comes to on test", () => {
  expect(wordsOf({ validationAccuracy: 0.32, testAccuracy: 0.9 })).toContain(
    "32.0 % together, fewer than the best",
  );
  expect(wordsOf({ validationAccuracy: 0.33, testAccuracy: 0.9 })).toContain(
    "33.0 % together, as many as the best",
  );
});

test("what the error doesn't allow to say isn't said", () => {
  const gain = { difference: 0.02, standardError: 0.011, images: 5000 };
  expect(wordsOf({ gain })).toContain("The vote can't be told from the baseline");
  expect(ensembleWords(null, 0.28)).toEqual(["Fewer than two models came to figures, so there is no vote."]);
});
