// The report's numbers in full: a CSV for each table and curve, and everything in one JSON.
import type { StudyResults } from "../../stages/results.ts";
import { bestIsSound } from "../words/diverged.ts";
import { answersFiles } from "./answers.ts";
import { optionalFiles } from "./optional.ts";
import { csvFile, type NumbersFile, type Sheet } from "./sheet.ts";

export function numbersFiles(results: StudyResults): readonly NumbersFile[] {
  const { optional } = results;
  return [
    csvFile("gradient-check", () => gradientCheck(results)),
    csvFile("settings", () => settings(results)),
    csvFile("curves", () => curves(results)),
    ...(bestIsSound(results) ? answersFiles("best", results.bestModel) : []),
    ...(optional === null ? [] : optionalFiles(optional)),
    { path: "numbers/results.json", content: () => resultsJson(results) },
  ];
}

function gradientCheck({ gradientCheck: { rows } }: StudyResults): Sheet {
  return [
    ["inputs", "images", "lambda", "parameters", "max_absolute_difference", "max_relative_error", "passed"],
    rows.map((row) => [
      row.inputs,
      row.images,
      row.lambda,
      row.parameters,
      row.maxAbsoluteDifference,
      row.maxRelativeError,
      row.passed,
    ]),
  ];
}

function settings(results: StudyResults): Sheet {
  return [
    [
      "lambda",
      "learning_rate",
      "batch_size",
      "split",
      "metric",
      "seed",
      "value",
      "mean",
      "deviation",
      "published_least",
      "published_greatest",
    ],
    results.settings.flatMap(({ lambda, learningRate, batchSize, figures, jumpiness, gap, published }) =>
      Object.entries({ ...figures, "validation/jumpiness": jumpiness, "train-validation/gap": gap }).flatMap(
        ([tag, { values, mean, deviation }]) =>
          values.map((value, index) => [
            lambda,
            learningRate,
            batchSize,
            ...splitTag(tag),
            results.seeds[index] ?? null,
            value,
            mean,
            deviation,
            ...(tag === "test/accuracy" && published !== null ? published : [null, null]),
          ]),
      ),
    ),
  ];
}

function curves(results: StudyResults): Sheet {
  return [
    ["lambda", "learning_rate", "epoch", "split", "metric", "mean", "deviation"],
    results.settings.flatMap(({ lambda, learningRate, epochs, curves: series }) =>
      Object.entries(series).flatMap(([tag, { mean, deviation }]) =>
        epochs.map((epoch, i) => [
          lambda,
          learningRate,
          epoch,
          ...splitTag(tag),
          mean[i] ?? null,
          deviation[i] ?? null,
        ]),
      ),
    ),
  ];
}

function splitTag(tag: string): [split: string, metric: string] {
  const place = tag.indexOf("/");
  return [tag.slice(0, Math.max(0, place)), tag.slice(place + 1)];
}

/** Everything but weights and pictures: typed arrays are left out, and what held nothing else. */
function resultsJson(results: StudyResults): string {
  const text = JSON.stringify(
    results,
    (key, value: unknown) =>
      ArrayBuffer.isView(value) || key === "frames" || key === "parameters" ? undefined : value,
    1,
  );
  return `${text}\n`;
}
