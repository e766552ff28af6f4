// The report's numbers in full: a CSV for each table and curve, and everything in one JSON.
import type { ModelOnTest, OptionalResults, StudyResults } from "@trainscope/core";
import { type CsvValue, toCsv } from "./csv.ts";

/** Made one after the other; `path` is known before. */
export interface NumbersFile {
  readonly path: string;
  content(): string;
}

export function numbersFiles(results: StudyResults): readonly NumbersFile[] {
  const { optional } = results;
  return [
    csv("gradient-check", () => gradientCheck(results)),
    csv("settings", () => settings(results)),
    csv("curves", () => curves(results)),
    ...answers("best", results.bestModel),
    ...(optional === null ? [] : optionalFiles(optional)),
    { path: "numbers/results.json", content: () => resultsJson(results) },
  ];
}

type Sheet = readonly [header: readonly string[], rows: readonly (readonly CsvValue[])[]];

function csv(name: string, sheet: () => Sheet): NumbersFile {
  return { path: `numbers/${name}.csv`, content: () => toCsv(...sheet()) };
}

function gradientCheck({ gradientCheck: { rows } }: StudyResults): Sheet {
  return [
    ["inputs", "images", "lambda", "parameters", "max_absolute_difference", "max_relative_error", "passed"],
    rows.map((row) => [
      ...[row.inputs, row.images, row.lambda, row.parameters],
      ...[row.maxAbsoluteDifference, row.maxRelativeError, row.passed],
    ]),
  ];
}

function settings(results: StudyResults): Sheet {
  return [
    ["lambda", "learning_rate", "batch_size", "split", "metric", "seed", "value", "mean", "deviation"],
    results.settings.flatMap(({ lambda, learningRate, batchSize, figures, jumpiness, gap }) =>
      Object.entries({ ...figures, "validation/jumpiness": jumpiness, "train-validation/gap": gap }).flatMap(
        ([tag, { values, mean, deviation }]) =>
          values.map((value, index) => [
            ...[lambda, learningRate, batchSize, ...splitTag(tag)],
            ...[results.seeds[index] ?? null, value, mean, deviation],
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
          ...[lambda, learningRate, epoch, ...splitTag(tag)],
          ...[mean[i] ?? null, deviation[i] ?? null],
        ]),
      ),
    ),
  ];
}

function splitTag(tag: string): [split: string, metric: string] {
  const place = tag.indexOf("/");
  return [tag.slice(0, Math.max(0, place)), tag.slice(place + 1)];
}

function answers(name: string, model: ModelOnTest): NumbersFile[] {
  const names = model.classes.map((one) => one.name);
  return [
    csv(`${name}-confusion`, () => [
      ["true class", ...names],
      model.confusion.map((row, k) => [names[k] ?? "", ...row]),
    ]),
    csv(`${name}-classes`, () => [
      ["class", "images", "recall", "precision", "most_confused_with", "images_confused"],
      model.classes.map((one) => [
        ...[one.name, one.images, one.recall, one.precision],
        ...[one.mostConfusedWith?.name ?? null, one.mostConfusedWith?.images ?? null],
      ]),
    ]),
  ];
}

function optionalFiles(optional: OptionalResults): NumbersFile[] {
  const { final, search, histograms } = optional;
  return [
    csv("improvements", () => improvements(optional)),
    csv("search", () => [
      ["pass", "lambda", "learning_rate", "batch_size", "epochs", "validation_accuracy", "validation_loss"],
      search.points.map((point) => [
        ...[point.pass, point.lambda, point.learningRate, point.batchSize, point.epochs],
        ...[point.validationAccuracy, point.validationLoss],
      ]),
    ]),
    csv("probability-histograms", () => [
      ["model", "from", "to", "right", "wrong"],
      histograms.flatMap(({ title, right, wrong }) =>
        right.map((images, i) => [title, i / right.length, (i + 1) / right.length, images, wrong[i] ?? null]),
      ),
    ]),
    csv("final-curve", () => {
      const tags = Object.keys(final.series);
      return [
        ["epoch", "learning_rate", ...tags],
        final.epochs.map((epoch, i) => [
          ...[epoch, final.learningRates[i] ?? null],
          ...tags.map((tag) => final.series[tag]?.[i] ?? null),
        ]),
      ];
    }),
    ...answers("final", final.onTest),
  ];
}

function improvements({ baseline, variants, ensemble }: OptionalResults): Sheet {
  return [
    [
      ...["id", "group", "title", "change", "train_images", "validation_images", "validation_accuracy"],
      ...["gain", "gain_standard_error", "test_accuracy", "milliseconds"],
    ],
    [
      ...[baseline, ...variants].map((one): CsvValue[] => [
        ...[one.id, one.group, one.title, one.change, one.trainImages, one.validationImages],
        ...[one.validationAccuracy, one.gain?.difference ?? null, one.gain?.standardError ?? null],
        ...[one.testAccuracy, one.milliseconds],
      ]),
      [
        ...[
          "ensemble",
          "ensemble",
          "Majority vote",
          `${ensemble.members.length} models`,
          null,
          ensemble.gain.images,
        ],
        ...[ensemble.validationAccuracy, ensemble.gain.difference, ensemble.gain.standardError],
        ...[ensemble.testAccuracy, null],
      ],
    ],
  ];
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
