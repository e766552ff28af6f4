// The optional part in numbers: improvements with their curves, search, histograms, final model.

import type { CsvValue } from "@trainscope/core/text";
import type { OptionalResults } from "../../stages/results.ts";
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
        point.pass,
        point.lambda,
        point.learningRate,
        point.batchSize,
        point.epochs,
        point.validationAccuracy,
        point.validationLoss,
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
          epoch,
          final.learningRates[i] ?? null,
          ...tags.map((tag) => final.series[tag]?.[i] ?? null),
        ]),
      ];
    }),
    ...(finalIsSound(final) ? answersFiles("final", final.onTest) : []),
  ];
}

function improvements({ baseline, variants, ensemble }: OptionalResults): Sheet {
  const first = variantRow(baseline);
  const votes = ensemble === null ? [] : [voteRow(ensemble)];
  const header = Object.keys(first);
  const rows: readonly Row[] = [first, ...variants.map(variantRow), ...votes];
  return [header, rows.map((row) => header.map((column) => row[column] ?? null))];
}

/** Values by their columns; a column that it lacks stays empty. */
type Row = Readonly<Record<string, CsvValue>>;

function variantRow({ settings, ...one }: OptionalResults["baseline"]): Row {
  return {
    id: one.id,
    group: one.group,
    title: one.title,
    change: one.change,
    loss: settings.loss,
    lambda: settings.lambda,
    learning_rate: settings.learningRate,
    batch_size: settings.batchSize,
    train_images: one.trainImages,
    validation_images: one.validationImages,
    train_accuracy: one.metrics["train/accuracy"] ?? null,
    validation_accuracy: one.validationAccuracy,
    gain: one.gain?.difference ?? null,
    gain_standard_error: one.gain?.standardError ?? null,
    test_accuracy: one.testAccuracy,
    ended: one.reason,
    milliseconds: one.milliseconds,
  };
}

function voteRow({ members, gain, ...vote }: NonNullable<OptionalResults["ensemble"]>): Row {
  return {
    id: "ensemble",
    group: "ensemble",
    title: VOTE,
    change: `${members.length} models`,
    validation_images: gain.images,
    validation_accuracy: vote.validationAccuracy,
    gain: gain.difference,
    gain_standard_error: gain.standardError,
    test_accuracy: vote.testAccuracy,
  };
}

/** A row an epoch of each run, with all figures of any of them. */
function improvementsCurves({ baseline, variants }: OptionalResults): Sheet {
  const runs = [baseline, ...variants];
  const tags = [...new Set(runs.flatMap(({ series }) => Object.keys(series)))];
  return [
    ["id", "title", "epoch", "learning_rate", ...tags],
    runs.flatMap(({ id, title, epochs, learningRates, series }) =>
      epochs.map((epoch, i) => [
        id,
        title,
        epoch,
        learningRates[i] ?? null,
        ...tags.map((tag) => series[tag]?.[i] ?? null),
      ]),
    ),
  ];
}
