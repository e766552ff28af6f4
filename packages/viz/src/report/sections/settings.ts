// The four settings: curves at equal scales, templates, final figures, and what learning rate and lambda do.
import type { SettingResult, StudyResults } from "@trainscope/core";
import { settingFigureSpecification } from "../../charts/setting-curves.ts";
import { settingDomains } from "../../charts/setting-domains.ts";
import { settingsComparisonSpecification } from "../../charts/settings-comparison.ts";
import { type Block, paragraph, type Section, type Templates } from "../document.ts";
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
        `The same classifier is trained ${spelled(settings.length)} times for ${counted(epochs, "epoch")} in batches of ` +
          `${joined(distinct(settings.map(({ batchSize }) => count(batchSize))))}, with different weight λ of the ` +
          `regularisation and learning rate η. It sees ${count(data.train)} images and is validated on ${count(data.validation)} others.` +
          (seeds.length > 1
            ? ` Each setting is trained with ${spelled(seeds.length)} seeds: lines are means, bands and ± one standard deviation.`
            : ""),
      ),
      curves(results),
      chartOf({
        name: "settings-accuracy",
        title: "Validation accuracy of the settings",
        subtitle: data.name,
        caption: "The curves of validation accuracy in one plot.",
        alt: `Validation accuracy by epoch. At the end: ${joined(settings.map((setting) => `${percentSpread(setting.figures["validation/accuracy"] ?? NOTHING)} with ${settingName(setting)}`))}.`,
        size: { width: 680, height: 300 },
        build: (options) =>
          settingsComparisonSpecification(settings, {
            ...options,
            tag: "validation/accuracy",
            classes: data.classNames.length,
          }),
      }),
      paragraph(
        "Final figures of each setting. Loss is the mean cross-entropy in nats, cost is the loss plus λΣW², accuracy the " +
          "part of images that are answered right." +
          (seeds.length > 1 ? ` ± is the standard deviation over ${spelled(seeds.length)} seeds.` : ""),
      ),
      settingsTable(results),
      ...publishedWords(results).map(paragraph),
      templatesOf(results),
    ],
    sections: [...learningRateSection(results), ...regularisationSection(results)],
  };
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

function curves({ settings, data }: StudyResults): Block {
  const classes = data.classNames.length;
  const domains = settingDomains(settings, classes);
  return {
    kind: "charts",
    caption: scalesCaption(settings),
    charts: settings.map((setting, index) =>
      chartOf({
        name: `setting-${index + 1}`,
        title: settingName(setting),
        subtitle: data.name,
        caption: "",
        alt: `Loss, cost and accuracy of ${settingName(setting)} by epoch. At the end: ${endFigures(setting)}.`,
        size: { width: 200, height: 200 },
        narrowSize: { width: NARROW_WIDTH, height: 170 },
        build: (options) =>
          settingFigureSpecification(setting, { ...options, classes, domains: domains[index] }),
      }),
    ),
  };
}

/** Loss, cost and accuracy of train, validation and test, as the curves end. */
function endFigures({ figures }: SettingResult): string {
  return ["train", "validation", "test"]
    .map((split) => {
      const [loss, cost, accuracy] = ["loss", "cost", "accuracy"].map(
        (name) => figures[`${split}/${name}`] ?? NOTHING,
      );
      return `${split} loss ${valueSpread(loss ?? NOTHING)}, cost ${valueSpread(cost ?? NOTHING)}, accuracy ${percentSpread(accuracy ?? NOTHING)}`;
    })
    .join("; ");
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

function templatesOf({ settings, data }: StudyResults): Templates {
  return {
    kind: "templates",
    caption:
      "What each class looks for: the weights of W as pictures, each scaled from its least to its greatest weight. " +
      "A noisy picture says that the weights follow single training images, a smooth one that they follow what many share.",
    classNames: data.classNames,
    shape: data.shape,
    subtitle: data.name,
    montages: settings.map((setting, index) => ({
      name: `setting-${index + 1}-weights`,
      title: settingName(setting),
      parameters: setting.parameters,
      frames: setting.frames,
    })),
  };
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
  return restsOnSeeds(seeds)
    ? `Here and below a difference counts where it is more than two standard errors, by the spread over ${spelled(seeds)} seeds.`
    : "Here and below a difference counts where it is more than two standard errors. One or two seeds don't show how much " +
        "runs differ, so the error is that of a fraction of as many images drawn at random, √(p(1 − p)/n).";
}
