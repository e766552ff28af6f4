// The optional part in numbers: improvements with their curves, search, histograms, final model.

import type { CsvValue } from "@trainscope/core/text";
import type { OptionalResults } from "../../conduct/results.ts";
import { finalIsSound } from "../words/diverged.ts";
import { VOTE } from "../words/gains.ts";
import { answersFiles } from "./answers.ts";
import { csvFile, type NumbersFile, type Sheet } from "./sheet.ts";

export function optionalFiles(optional: OptionalResults): NumbersFile[] {
  const { final, search, histograms } = optional;
  return [
    csvFile("improvements", () => improvements(optional)),
    csvFile("improvements-curves", () => improvementsCurves(optional)),
    csvFile("search", () => [
      ["pass", "lambda", "learning_rate", "batch_size", "epochs", "validation_accuracy", "validation_loss"],
      search.points.map((point) => [
        ...[point.pass, point.lambda, point.learningRate, point.batchSize, point.epochs],
        ...[point.validationAccuracy, point.validationLoss],
      ]),
    ]),
    csvFile("probability-histograms", () => [
      ["model", "from", "to", "right", "wrong"],
      histograms.flatMap(({ title, right, wrong }) =>
        right.map((images, i) => [title, i / right.length, (i + 1) / right.length, images, wrong[i] ?? null]),
      ),
    ]),
    csvFile("final-curve", () => {
      const tags = Object.keys(final.series);
      return [
        ["epoch", "learning_rate", ...tags],
        final.epochs.map((epoch, i) => [
          ...[epoch, final.learningRates[i] ?? null],
          ...tags.map((tag) => final.series[tag]?.[i] ?? null),
        ]),
      ];
    }),
    ...(finalIsSound(final) ? answersFiles("final", final.onTest) : []),
  ];
}

function improvements({ baseline, variants, ensemble }: OptionalResults): Sheet {
  return [
    [
      ...["id", "group", "title", "change", "loss", "lambda", "learning_rate", "batch_size", "train_images"],
      ...["validation_images", "train_accuracy", "validation_accuracy", "gain", "gain_standard_error"],
      ...["test_accuracy", "ended", "milliseconds"],
    ],
    [
      ...[baseline, ...variants].map(({ settings, ...one }): CsvValue[] => [
        ...[one.id, one.group, one.title, one.change],
        ...[settings.loss, settings.lambda, settings.learningRate, settings.batchSize],
        ...[one.trainImages, one.validationImages, one.metrics["train/accuracy"] ?? null],
        ...[one.validationAccuracy, one.gain?.difference ?? null, one.gain?.standardError ?? null],
        ...[one.testAccuracy, one.reason, one.milliseconds],
      ]),
      ...(ensemble === null ? [] : [voteRow(ensemble)]),
    ],
  ];
}

function voteRow({
  members,
  gain,
  validationAccuracy,
  testAccuracy,
}: NonNullable<OptionalResults["ensemble"]>): CsvValue[] {
  return [
    ...["ensemble", "ensemble", VOTE, `${members.length} models`, null, null, null, null, null],
    ...[gain.images, null, validationAccuracy, gain.difference, gain.standardError, testAccuracy, null, null],
  ];
}

/** A row an epoch of each run, with all figures of any of them. */
function improvementsCurves({ baseline, variants }: OptionalResults): Sheet {
  const runs = [baseline, ...variants];
  const tags = [...new Set(runs.flatMap(({ series }) => Object.keys(series)))];
  return [
    ["id", "title", "epoch", "learning_rate", ...tags],
    runs.flatMap(({ id, title, epochs, learningRates, series }) =>
      epochs.map((epoch, i) => [
        ...[id, title, epoch, learningRates[i] ?? null],
        ...tags.map((tag) => series[tag]?.[i] ?? null),
      ]),
    ),
  ];
}
