import { describe, expect, test } from "vitest";
import type { SettingResult } from "../../stages/results.ts";
import { seededStudy, spreadOf } from "../../testing/study.ts";
import { lambdaSeriesOf, regularisationWords } from "./regularisation.ts";

const [template] = seededStudy({ part: "basic" }).settings as [SettingResult];

/** Train and validation accuracy of each seed. */
function setting(lambda: number, runs: readonly (readonly [number, number] | null)[]): SettingResult {
  const of = (value: (run: readonly [number, number]) => number) =>
    spreadOf(runs.map((run) => (run === null ? null : value(run))));
  return {
    ...template,
    lambda,
    learningRate: 0.001,
    gap: of(([train, validation]) => train - validation),
    figures: {
      "train/accuracy": of(([train]) => train),
      "validation/accuracy": of(([, validation]) => validation),
    },
  };
}

const wordsOf = (...series: SettingResult[]): string =>
  regularisationWords(series, { train: 10_000, validation: 10_000 }).join(" ").replaceAll("\u00a0", " ");

test("the settings that differ in λ alone are taken, in its order", () => {
  const settings = [1, 0, 0.1].map((lambda) => setting(lambda, [[0.4, 0.38]]));
  const series = lambdaSeriesOf([{ ...setting(0, [[0.4, 0.3]]), learningRate: 0.1 }, ...settings]);
  expect(series?.map(({ lambda }) => lambda)).toEqual([0, 0.1, 1]);
  expect(lambdaSeriesOf(settings.slice(0, 1))).toBeNull();
});

describe("the gap", () => {
  test("that narrows", () => {
    const words = wordsOf(
      setting(0, [[0.456, 0.386]]),
      setting(0.1, [[0.447, 0.389]]),
      setting(1, [[0.4, 0.366]]),
    );
    expect(words).toContain("Regularisation narrows the gap between training and validation");
    expect(words).toContain("by 7.0 points with λ = 0, 5.8 points with λ = 0.1 and 3.4 points with λ = 1");
  });

  test("that hardly changes, and that widens", () => {
    expect(wordsOf(setting(0, [[0.42, 0.38]]), setting(1, [[0.41, 0.38]]))).toContain(
      "does not clearly change with λ",
    );
    expect(wordsOf(setting(0, [[0.42, 0.38]]), setting(1, [[0.46, 0.38]]))).toContain(
      "is wider with regularisation",
    );
  });

  test("a change that three seeds show is clear where so many images could show it", () => {
    const runs = (gap: number) => [0.001, 0, -0.001].map((off) => [0.38 + gap + off, 0.38] as const);
    expect(wordsOf(setting(0, runs(0.06)), setting(1, runs(0.03)))).toContain("narrows the gap");
    expect(wordsOf(setting(0, runs(0.04)), setting(1, runs(0.035)))).toContain("does not clearly change");
  });

  test("below zero keeps its sign; a run without one is left out", () => {
    const words = wordsOf(setting(0, [[0.42, 0.38]]), setting(0.1, [null]), setting(1, [[0.36, 0.38]]));
    expect(words).toContain("by 4.0 points with λ = 0 and −2.0 points with λ = 1.");
    expect(wordsOf(setting(0, [[0.42, 0.38]]), setting(1, [null]))).toContain("Too few of these runs");
  });
});

describe("validation accuracy", () => {
  const without = setting(0, [[0.45, 0.38]]);

  test("that is clearly highest with some regularisation", () => {
    const words = wordsOf(without, setting(0.1, [[0.45, 0.41]]));
    expect(words).toContain("It helps on images that the model was not trained on");
    expect(words).toContain("highest with λ = 0.1 (41.0 % with λ = 0.1, 38.0 % with λ = 0)");
  });

  test("that is highest by too little", () => {
    expect(wordsOf(without, setting(0.1, [[0.45, 0.385]]))).toContain("too little to tell it from λ = 0");
  });

  test("that is highest without", () => {
    expect(wordsOf(without, setting(0.1, [[0.45, 0.37]]))).toContain("None of the stronger settings");
  });

  test("that too much regularisation lowers, with the reason only where the training accuracy shows it", () => {
    const reason = "held so small that the training images are fitted less well";
    const fitted = wordsOf(without, setting(1, [[0.45, 0.35]]));
    expect(fitted).toContain("Too much of it costs accuracy: 35.0 % with λ = 1, 38.0 % with λ = 0.");
    expect(fitted).not.toContain(reason);
    expect(wordsOf(without, setting(1, [[0.39, 0.35]]))).toContain(reason);
    expect(wordsOf(without, setting(1, [[0.39, 0.375]]))).not.toContain("Too much of it");
  });
});
