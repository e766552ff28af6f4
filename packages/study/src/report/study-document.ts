// The report on a study as plain data: what it says, in which order. Nothing here draws.
import type { FinalResult, OptionalResults, StudyResults } from "../stages/results.ts";
import {
  type Headline,
  type Inline,
  type ReportDocument,
  remark,
  type Section,
  type Text,
} from "./document.ts";
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
import { divergedMark, finalIsSound, isLost } from "./words/diverged.ts";
import { extrasOf } from "./words/extras.ts";
import { percentWithError } from "./words/final.ts";
import { gainText, improvementsOf, leadingImprovement } from "./words/gains.ts";
import {
  count,
  fixed,
  joined,
  NOTHING,
  percent,
  percentSpread,
  settingName,
  spelled,
  tiny,
} from "./words/numbers.ts";

export function studyDocument(results: StudyResults, options: ReportOptions): ReportDocument {
  const { data, quick } = results;
  const date = options.generatedAt.toISOString().slice(0, 10);
  return {
    title: options.title?.trim() || "Training a linear classifier",
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
  const { data, settings, best, optional, seeds } = results;
  const setting = settings[best];
  const accuracy = setting?.figures["test/accuracy"]?.mean ?? null;
  const range = setting?.published;
  const published =
    range == null || !showsPublished(results)
      ? ""
      : ` Others have published ${fixed(100 * range[0], 1)} to ${percent(range[1])} for it.`;
  return [
    `A linear classifier is trained on ${count(data.train)} images of ${data.name} by mini-batch gradient descent, in the `,
    `${spelled(settings.length)} settings of the assignment. The best of them on the validation images, `,
    { strong: setting === undefined ? "none" : settingName(setting) },
    ...(setting === undefined || isLost(setting)
      ? [", diverged."]
      : [
          ", answers ",
          { strong: percent(accuracy) },
          ` of ${count(data.test)} test images right${seeds.length > 1 ? `, on average over ${spelled(seeds.length)} seeds` : ""}; ` +
            `guessing would give ${percent(1 / data.classNames.length, 0)}.${published}`,
        ]),
    ...(optional === null ? [] : finalSummary(optional.final)),
  ];
}

function finalSummary(final: FinalResult): Inline[] {
  const extras = extrasOf(final.settings);
  const how =
    ` Trained on ${count(final.trainImages)} images, with ${extras.length === 0 ? "" : `${joined(extras)}, and with `}` +
    "λ, η and batch size chosen on validation images, it ";
  if (!finalIsSound(final)) return [`${how}diverged.`];
  return [
    `${how}comes to `,
    { strong: percent(final.onTest.accuracy) },
    final.exactOptimum === null
      ? "."
      : `; an exact optimiser brings a linear model to about ${percent(final.exactOptimum)}.`,
  ];
}

function headlinesOf(results: StudyResults): Headline[] {
  const { gradientCheck, optional } = results;
  const largest = Math.max(...gradientCheck.rows.map((row) => row.maxAbsoluteDifference));
  return [
    {
      label: "Gradient check",
      value: gradientCheck.passed ? "passes" : "fails",
      note: `largest difference ${tiny(largest)}`,
    },
    ...bestHeadline(results),
    ...(optional === null ? [] : [finalHeadline(optional.final), gainHeadline(optional)]),
  ];
}

function bestHeadline(results: StudyResults): Headline[] {
  const { settings, best, seeds, bestModel } = results;
  const setting = settings[best];
  if (setting === undefined) return [];
  const label = "Best of the settings, test accuracy";
  if (isLost(setting)) return [{ label, value: "none", note: `${settingName(setting)} diverged` }];
  const rest = seeds.length > 1 ? `± over ${seeds.length} seeds` : `${count(bestModel.images)} images`;
  return [
    {
      label,
      value: percentSpread(setting.figures["test/accuracy"] ?? NOTHING),
      note: `${settingName(setting)}${divergedMark(setting)}, ${rest}`,
    },
  ];
}

function finalHeadline(final: FinalResult): Headline {
  const { accuracy, images } = final.onTest;
  const label = "Final model, test accuracy";
  if (!finalIsSound(final)) return { label, value: "none", note: "it diverged" };
  return {
    label,
    value: percentWithError(accuracy, images),
    note:
      `± of ${count(images)} images` +
      (final.exactOptimum === null ? "" : `; an exact optimiser: about ${percent(final.exactOptimum)}`),
  };
}

function gainHeadline(optional: OptionalResults): Headline {
  const leader = leadingImprovement(improvementsOf(optional));
  return leader === undefined
    ? { label: "Largest gain", value: "none is clear", note: "by two standard errors, on validation images" }
    : {
        label: "Largest gain",
        value: `${gainText(leader.gain)} points`,
        note: `${leader.title}, ${count(leader.gain.images)} validation images`,
      };
}
