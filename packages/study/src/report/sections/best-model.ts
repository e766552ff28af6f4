// The best setting's answers on the test images: confusion matrix, classes, worst mistakes.
import type { ImageShape } from "@trainscope/core";
import { classAccuracySpecification } from "../../charts/class-accuracy.ts";
import { modelConfusionSpecification } from "../../charts/model-confusion.ts";
import type { ModelOnTest, StudyResults } from "../../stages/results.ts";
import { type Block, left, paragraph, right, type Section, type Table } from "../document.ts";
import { classWords, confusionWords } from "../words/answers.ts";
import { bestIsSound } from "../words/diverged.ts";
import { percentWithError } from "../words/final.ts";
import { count, percent, settingName } from "../words/numbers.ts";
import { chartOf } from "./chart.ts";

export function bestModelSection(results: StudyResults): Section {
  const { bestModel, data, seeds, settings, best } = results;
  const setting = settings[best];
  const [id, title] = ["best-setting", "The best setting on the test images"];
  const name = setting === undefined ? bestModel.title : settingName(setting);
  const which = `The best setting by validation accuracy is ${name}. Its model (seed ${seeds[0] ?? 0})`;
  if (!bestIsSound(results)) {
    return { id, title, blocks: [paragraph(`${which} diverged, so what it answers means nothing.`)] };
  }
  return {
    id,
    title,
    blocks: [
      paragraph(
        `${which} answers ${percentWithError(bestModel.accuracy, bestModel.images)} of ${count(bestModel.images)} test images ` +
          "right, ± being the standard error of that many images.",
      ),
      ...answersBlocks(bestModel, "best", data.name),
      ...mistakesBlock(bestModel, data.shape, data.name),
    ],
  };
}

/** Of any model: `name` begins its files' names. */
export function answersBlocks(model: ModelOnTest, name: string, dataName: string): Block[] {
  const subtitle = `${model.title}, test images of ${dataName}`;
  return [
    paragraph(confusionWords(model)),
    chartOf({
      name: `${name}-confusion`,
      title: "Confusion matrix",
      subtitle,
      caption:
        "A row is a true class, a column an answer; right answers are on the diagonal. The colour is the part of the row.",
      narrowSize: { width: 216, height: 216 },
      narrowLegend: false,
      build: (options) => modelConfusionSpecification(model, options),
    }),
    ...[classWords(model)].filter((words) => words !== "").map(paragraph),
    chartOf({
      name: `${name}-classes`,
      title: "Accuracy of each class",
      subtitle,
      caption:
        "Recall is the part of a class's test images that are answered right, precision the part of the answers with its " +
        "name that are right.",
      narrowSize: { width: 190, height: 260 },
      build: (options) => classAccuracySpecification(model, options),
    }),
    classTable(model),
  ];
}

function classTable({ classes }: ModelOnTest): Table {
  return {
    kind: "table",
    title: "Classes on the test images",
    columns: [
      left("Class"),
      right("Images"),
      right("Answered right (recall)"),
      right("Answers that are right (precision)"),
      left("Most often taken for"),
    ],
    rows: classes.map(({ name, images, recall, precision, mostConfusedWith }) => [
      { text: name },
      { text: count(images), value: images },
      { text: percent(recall), value: recall },
      { text: percent(precision), value: precision },
      mostConfusedWith === null
        ? { text: "", value: null }
        : {
            text: `${mostConfusedWith.name} (${count(mostConfusedWith.images)})`,
            value: mostConfusedWith.images,
          },
    ]),
  };
}

function mistakesBlock(model: ModelOnTest, shape: ImageShape, dataName: string): Block[] {
  if (model.mistakes.length === 0) return [];
  return [
    {
      kind: "mistakes",
      name: "best-mistakes",
      title: "Worst mistakes",
      caption:
        "The wrong answers that the model is surest of, with its probabilities of what it says and of what it is.",
      subtitle: `${model.title}, test images of ${dataName}`,
      shape,
      mistakes: model.mistakes,
    },
  ];
}
