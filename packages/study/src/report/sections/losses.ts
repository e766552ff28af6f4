// Softmax, binary cross-entropy and SVM side by side, and how sure the first two are of the true class.
import type { LossName } from "@trainscope/core/settings";
import { probabilityHistogramSpecification } from "../../charts/probability-histograms.ts";
import type { OptionalResults, VariantResult } from "../../stages/results.ts";
import { type Block, type Cell, left, paragraph, right, type Section, type Table } from "../document.ts";
import { gainText } from "../words/gains.ts";
import { histogramWords, imagesIn } from "../words/histograms.ts";
import { percent, UNKNOWN } from "../words/numbers.ts";
import { chartOf } from "./chart.ts";

const LOSSES: Readonly<Record<LossName, { name: string; formula: string }>> = {
  softmax: { name: "Softmax cross-entropy", formula: "−log p(y), p = softmax(s)" },
  bce: { name: "Multiple binary cross-entropy", formula: "−(1/K) Σ [t log σ(s) + (1 − t) log(1 − σ(s))]" },
  svm: { name: "Multi-class SVM", formula: "Σ max(0, s − s(y) + 1) over the other classes" },
};

export function lossesSection({ baseline, variants, histograms }: OptionalResults): Section {
  const compared = [baseline, ...variants.filter(({ group }) => group === "loss")];
  return {
    id: "losses",
    title: "Other losses",
    blocks: [
      paragraph(
        "The scores s = Wx + b can be trained by other losses than that of softmax. Losses of different kinds can't be " +
          "compared with each other, accuracies can. Of binary cross-entropy the gradient is K times smaller, K being the " +
          "number of classes, so its learning rate must be larger.",
      ),
      lossTable(compared),
      ...histogramBlocks(histograms),
    ],
  };
}

function lossTable(compared: readonly VariantResult[]): Table {
  return {
    kind: "table",
    title: "Losses side by side",
    columns: [
      left("Loss"),
      left("Of an image"),
      right("η"),
      right("Train accuracy"),
      right("Validation accuracy"),
      right("Gain ± standard error (points)"),
      right("Test accuracy"),
    ],
    rows: compared.map(({ group, settings, metrics, validationAccuracy, gain, testAccuracy }): Cell[] => {
      const train = metrics["train/accuracy"] ?? null;
      return [
        { text: LOSSES[settings.loss].name },
        { text: LOSSES[settings.loss].formula },
        { text: String(settings.learningRate), value: settings.learningRate },
        { text: percent(train), value: train },
        { text: percent(validationAccuracy), value: validationAccuracy },
        gain === null
          ? { text: UNKNOWN, value: group === "baseline" ? 0 : null }
          : { text: gainText(gain), value: gain.difference },
        { text: percent(testAccuracy), value: testAccuracy },
      ];
    }),
  };
}

function histogramBlocks(histograms: OptionalResults["histograms"]): Block[] {
  const filled = histograms.filter(({ right, wrong }) => [...right, ...wrong].some((images) => images > 0));
  const [first] = filled;
  if (first === undefined)
    return [paragraph("No model came to probabilities, so there is no histogram of them.")];
  return [
    ...histogramWords(filled).map(paragraph),
    chartOf({
      name: "probability-histograms",
      title: "Probability of the true class",
      caption: `What each model gives the true class of ${imagesIn(first)} test images, apart for right and for wrong answers.`,
      build: (options) => probabilityHistogramSpecification(filled, options),
      narrowSize: { width: 226, height: 150 },
    }),
  ];
}
