// The report on a study as plain data: what it says, in which order. Nothing here draws.
import type { StudyResults } from "@trainscope/core";
import { type Headline, type ReportDocument, remark, type Section, type Text } from "./document.ts";
import type { ReportOptions } from "./options.ts";
import { bestModelSection } from "./sections/best-model.ts";
import { finalSection } from "./sections/final.ts";
import { gradientCheckSection } from "./sections/gradient-check.ts";
import { improvementsSection } from "./sections/improvements.ts";
import { lossesSection } from "./sections/losses.ts";
import { methodSection } from "./sections/method.ts";
import { searchSection } from "./sections/search.ts";
import { settingsSection } from "./sections/settings.ts";
import { showsPublished } from "./sections/settings-table.ts";
import { percentWithError } from "./words/final.ts";
import { gainText } from "./words/gains.ts";
import { count, fixed, percent, percentSpread, settingName, spelled, tiny } from "./words/numbers.ts";

export function studyDocument(results: StudyResults, options: ReportOptions): ReportDocument {
  const { data, quick } = results;
  const date = options.generatedAt.toISOString().slice(0, 10);
  return {
    title: options.title ?? "Training a linear classifier",
    subtitle: `${data.name} · DD2424, Assignment 1 · ${date}`,
    remarks: quick
      ? [
          remark(
            "This is a quick study: it trained for fewer epochs than the assignment asks for. Its figures show what the " +
              "report looks like; they are not to be compared with published ones.",
          ),
        ]
      : [],
    summary: summaryOf(results),
    headlines: headlinesOf(results),
    sections: [...basicSections(results), ...optionalSections(results), methodSection(results, options)],
  };
}

function basicSections(results: StudyResults): Section[] {
  return [gradientCheckSection(results.gradientCheck), settingsSection(results), bestModelSection(results)];
}

function optionalSections(results: StudyResults): Section[] {
  const { optional } = results;
  if (optional === null) return [];
  return [
    improvementsSection(optional),
    lossesSection(optional),
    searchSection(optional.search),
    finalSection(results, optional),
  ];
}

function summaryOf(results: StudyResults): Text {
  const { data, settings, best, optional } = results;
  const setting = settings[best];
  const accuracy = setting?.figures["test/accuracy"];
  const range = setting?.published;
  const published =
    range == null || !showsPublished(results)
      ? ""
      : ` Others have published ${fixed(100 * range[0], 1)} to ${percent(range[1])} for it.`;
  const final = optional?.final;
  return [
    `A linear classifier is trained on ${count(data.train)} images of ${data.name} by mini-batch gradient descent, in the `,
    `${spelled(settings.length)} settings of the assignment. The best of them on the validation images, `,
    { strong: setting === undefined ? "none" : settingName(setting) },
    ", answers ",
    { strong: accuracy === undefined ? "no known part" : percentSpread(accuracy) },
    ` of ${count(data.test)} test images right; guessing would give ${percent(1 / data.classNames.length, 0)}.${published}`,
    ...(final === undefined
      ? []
      : [
          " Trained on ",
          `${count(final.trainImages)} images, with improvements and settings that were chosen on validation images, it comes to `,
          { strong: percentWithError(final.onTest.accuracy, final.onTest.images) },
          final.exactOptimum === null
            ? "."
            : `; an exact optimiser brings a linear model to about ${percent(final.exactOptimum)}.`,
        ]),
  ];
}

function headlinesOf({ gradientCheck, settings, best, optional, seeds, bestModel }: StudyResults): Headline[] {
  const setting = settings[best];
  const accuracy = setting?.figures["test/accuracy"];
  const largest = Math.max(...gradientCheck.rows.map((row) => row.maxAbsoluteDifference));
  const leader = optional?.variants
    .filter(({ gain }) => gain !== null)
    .toSorted((a, b) => (b.gain?.difference ?? 0) - (a.gain?.difference ?? 0))[0];
  return [
    {
      label: "Gradient check",
      value: gradientCheck.passed ? "passes" : "fails",
      note: `largest difference ${tiny(largest)}`,
    },
    ...(setting === undefined || accuracy === undefined
      ? []
      : [
          {
            label: "Best of the settings, test accuracy",
            value: percentSpread(accuracy),
            note: `${settingName(setting)}${seeds.length > 1 ? `, ${seeds.length} seeds` : `, ${count(bestModel.images)} images`}`,
          },
        ]),
    ...(optional == null
      ? []
      : [
          {
            label: "Final model, test accuracy",
            value: percentWithError(optional.final.onTest.accuracy, optional.final.onTest.images),
            note:
              optional.final.exactOptimum === null
                ? `${count(optional.final.onTest.images)} images`
                : `an exact optimiser: about ${percent(optional.final.exactOptimum)}`,
          },
        ]),
    ...(leader?.gain == null
      ? []
      : [{ label: "Largest gain", value: `${gainText(leader.gain)} points`, note: leader.title }]),
  ];
}
