// The four settings: curves at equal scales, templates, final figures, and what learning rate and lambda do.

import { SPLITS } from "@trainscope/core/events";
import { hasCurves, settingFigureSpecification } from "../../charts/setting-curves.ts";
import { settingDomains } from "../../charts/setting-domains.ts";
import { settingsComparisonSpecification } from "../../charts/settings-comparison.ts";
import type { SettingResult, StudyResults } from "../../stages/results.ts";
import { type Block, isDrawable, paragraph, type Section } from "../document.ts";
import { divergedSettingWords } from "../words/diverged.ts";
import { restsOnSeeds } from "../words/estimate.ts";
import { learningRateWords, ratePairOf } from "../words/learning-rate.ts";
import {
  count,
  counted,
  joined,
  NOTHING,
  percentSpread,
  settingName,
  spelled,
  valueSpread,
} from "../words/numbers.ts";
import { publishedWords } from "../words/published.ts";
import { lambdaSeriesOf, regularisationWords } from "../words/regularisation.ts";
import { chartOf, NARROW_WIDTH } from "./chart.ts";
import { settingsTable } from "./settings-table.ts";

export function settingsSection(results: StudyResults): Section {
  const { settings, data, seeds } = results;
  const epochs = Math.max(...settings.map((setting) => setting.epochs.length));
  return {
    id: "settings",
    title: "Four settings",
    blocks: [
      paragraph(
        `The same classifier is trained ${spelled(settings.length)} times ${epochs === 0 ? "" : `for ${counted(epochs, "epoch")} `}in ` +
          `batches of ${joined(distinct(settings.map(({ batchSize }) => count(batchSize))))}, with different weight λ of the ` +
          `regularisation and learning rate η. It sees ${count(data.train)} images and is validated on ${count(data.validation)} others.` +
          (seeds.length > 1
            ? ` Each setting is trained with ${spelled(seeds.length)} seeds: lines are means, bands and ± one standard deviation.`
            : ""),
      ),
      ...divergedSettingWords(settings).map(paragraph),
      ...curves(results),
      paragraph(
        "Final figures of each setting. Loss is the mean cross-entropy in nats, cost is the loss plus λΣW², accuracy the " +
          "part of images that are answered right." +
          (seeds.length > 1 ? ` ± is the standard deviation over ${spelled(seeds.length)} seeds.` : ""),
      ),
      settingsTable(results),
      ...publishedWords(results).map(paragraph),
      ...templatesOf(results),
    ],
    sections: [...learningRateSection(results), ...regularisationSection(results)],
  };
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

/** A chart each and one of all; words in place of those for which there is no value. */
function curves({ settings, data }: StudyResults): Block[] {
  const classes = data.classNames.length;
  const drawn = settings.filter(hasCurves);
  const domains = new Map(settingDomains(drawn, classes).map((one, index) => [drawn[index], one]));
  if (drawn.length === 0) {
    return [paragraph("No setting came to the end of an epoch, so there are no curves.")];
  }
  const options = { dataName: data.name, classes };
  return [
    ...missing("curves", settings, drawn),
    {
      kind: "charts",
      caption: scalesCaption(drawn),
      charts: drawn.map((setting) =>
        chartOf({
          name: `setting-${settings.indexOf(setting) + 1}`,
          title: settingName(setting),
          caption: "",
          alt: `Loss, cost and accuracy of ${settingName(setting)} by epoch. At the end: ${endFigures(setting)}.`,
          size: { width: 200, height: 200 },
          narrowSize: { width: NARROW_WIDTH, height: 170 },
          build: (figure) =>
            settingFigureSpecification(setting, { ...figure, ...options, domains: domains.get(setting) }),
        }),
      ),
    },
    ...comparison(drawn, options),
  ];
}

function comparison(drawn: readonly SettingResult[], options: { dataName: string; classes: number }): Block[] {
  const tag = "validation/accuracy";
  if (!drawn.some(({ curves }) => curves[tag]?.mean.some((value) => value !== null))) return [];
  return [
    chartOf({
      name: "settings-accuracy",
      title: "Validation accuracy of the settings",
      caption: "The curves of validation accuracy in one plot.",
      alt: `Validation accuracy by epoch. At the end: ${joined(drawn.map((setting) => `${percentSpread(setting.figures[tag] ?? NOTHING)} with ${settingName(setting)}`))}.`,
      size: { width: 680, height: 300 },
      build: (figure) => settingsComparisonSpecification(drawn, { ...figure, ...options, tag }),
    }),
  ];
}

/** Names the settings that are left out of figures. */
function missing(what: string, settings: readonly SettingResult[], drawn: readonly SettingResult[]): Block[] {
  const left = settings.filter((setting) => !drawn.includes(setting));
  return left.length === 0
    ? []
    : [
        paragraph(
          `There are no ${what} of ${joined(left.map(settingName))}, which came to no value that could be drawn.`,
        ),
      ];
}

/** Loss, cost and accuracy of train, validation and test, as the curves end. */
function endFigures({ figures }: SettingResult): string {
  return SPLITS.map((split) => {
    const [loss, cost, accuracy] = ["loss", "cost", "accuracy"].map(
      (name) => figures[`${split}/${name}`] ?? NOTHING,
    );
    return `${split} loss ${valueSpread(loss ?? NOTHING)}, cost ${valueSpread(cost ?? NOTHING)}, accuracy ${percentSpread(accuracy ?? NOTHING)}`;
  }).join("; ");
}

/** That scales are shared, as far as they are. */
function scalesCaption(settings: readonly SettingResult[]): string {
  const shared = new Set(settingDomains(settings).map((domains) => JSON.stringify(domains.loss))).size === 1;
  return (
    "Loss, cost and accuracy of training and validation after each epoch. " +
    (shared
      ? "All settings are drawn at the same scales."
      : "Accuracies are drawn at the same scale, and so are losses and costs, except where a setting is so far off that " +
        "its axis had to be another: read the numbers on it.")
  );
}

function templatesOf({ settings, data }: StudyResults): Block[] {
  const drawn = settings.filter(isDrawable);
  const left = missing("templates", settings, drawn);
  if (drawn.length === 0) return left;
  return [
    {
      kind: "templates",
      caption:
        "What each class looks for: the weights of W as pictures, each scaled from its least to its greatest weight. " +
        "A noisy picture says that the weights follow single training images, a smooth one that they follow what many share.",
      classNames: data.classNames,
      shape: data.shape,
      subtitle: data.name,
      montages: drawn.map((setting) => ({
        name: `setting-${settings.indexOf(setting) + 1}-weights`,
        title: settingName(setting),
        parameters: setting.parameters,
        frames: setting.frames,
      })),
    },
    ...left,
  ];
}

function learningRateSection({ settings, data, seeds }: StudyResults): Section[] {
  const pair = ratePairOf(settings);
  if (pair === null) return [];
  const words = learningRateWords(pair, data.validation);
  return [
    {
      id: "learning-rate",
      title: "What the learning rate does",
      blocks: [...words, differenceNote(seeds.length)].map(paragraph),
    },
  ];
}

function regularisationSection({ settings, data }: StudyResults): Section[] {
  const series = lambdaSeriesOf(settings);
  if (series === null) return [];
  const words = regularisationWords(series, data).filter((text) => text !== "");
  return [
    {
      id: "regularisation",
      title: "What regularisation does",
      blocks: words.map(paragraph),
    },
  ];
}

/** What these words take for a difference. */
function differenceNote(seeds: number): string {
  const images = "the error of a fraction of as many images drawn at random, √(p(1 − p)/n)";
  return restsOnSeeds(seeds)
    ? "Here and below settings are compared seed by seed, and a difference counts where it lies outside its 95\u00a0% interval " +
        `(Student's t). Its error holds the spread over ${spelled(seeds)} seeds and ${images}.`
    : "Here and below a difference counts where it is more than two standard errors. One or two seeds don't show how much " +
        `runs differ, so the error is ${images} alone.`;
}
