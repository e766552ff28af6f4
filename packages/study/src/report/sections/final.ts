// The final model: trained on all images but a few, with everything chosen before.

import { historyOf } from "@trainscope/core/history";
import { combinedCurvesSpecification } from "@trainscope/viz";
import { describeSettings, seriesOf } from "@trainscope/viz/parts";
import type { FinalResult, OptionalResults, StudyDataInfo, StudyResults } from "../../stages/results.ts";
import { type Block, isDrawable, paragraph, type Section } from "../document.ts";
import { finalIsSound } from "../words/diverged.ts";
import { finalWords } from "../words/final.ts";
import { count, duration } from "../words/numbers.ts";
import { answersBlocks } from "./best-model.ts";
import { chartOf, NARROW_WIDTH } from "./chart.ts";

export function finalSection({ data }: StudyResults, { final }: OptionalResults): Section {
  return {
    id: "final-model",
    title: "The final model",
    blocks: [
      paragraph(finalWords(final)),
      paragraph(
        `Settings: ${describeSettings(final.settings)}, ${count(final.settings.epochs)} epochs; ${count(final.heldOutImages)} images ` +
          `were held out to watch the training. It took ${duration(final.milliseconds)}.`,
      ),
      curves(final, data.classNames.length),
      ...templates(final, data),
      ...(finalIsSound(final) ? answersBlocks(final.onTest, "final", data.name) : []),
    ],
  };
}

function curves(final: FinalResult, classes: number): Block {
  const history = historyOf(final.epochs, final.series);
  if (!CURVES.some((name) => seriesOf(history, name, 1).length > 0)) {
    return paragraph("It came to no figure in any epoch, so there are no learning curves.");
  }
  return chartOf({
    name: "final-curves",
    title: "Learning curves of the final model",
    subtitle: describeSettings(final.settings),
    caption: "Learning curves on the training images and on those held out (validation).",
    narrowSize: { width: NARROW_WIDTH, height: 170 },
    build: (options) => combinedCurvesSpecification(history, { ...options, classes, quantities: CURVES }),
  });
}

function templates(final: FinalResult, { classNames, shape }: StudyDataInfo): Block[] {
  const montage = { name: "final-weights", title: "Final model", ...final };
  if (!isDrawable(montage)) return [];
  const { name, title, parameters, frames } = montage;
  return [
    {
      kind: "templates",
      caption: "The weights of the final model, each template scaled from its least to its greatest weight.",
      classNames,
      shape,
      subtitle: describeSettings(final.settings),
      montages: [{ name, title, parameters, frames }],
    },
  ];
}

const CURVES = ["loss", "cost", "accuracy"];
