// The final model: trained on all images but a few, with everything chosen before.
import type { OptionalResults, StudyResults } from "@trainscope/core";
import { describeSettings } from "../../caption.ts";
import { combinedCurvesSpecification } from "../../charts/curves.ts";
import { paragraph, type Section } from "../document.ts";
import { finalWords } from "../words/final.ts";
import { count, duration } from "../words/numbers.ts";
import { answersBlocks } from "./best-model.ts";
import { chartOf, NARROW_WIDTH } from "./chart.ts";

export function finalSection({ data }: StudyResults, { final }: OptionalResults): Section {
  const history = { epochs: [...final.epochs], series: new Map(mutable(final.series)) };
  const classes = data.classNames.length;
  return {
    id: "final-model",
    title: "The final model",
    blocks: [
      paragraph(finalWords(final)),
      paragraph(
        `Settings: ${describeSettings(final.settings)}, ${count(final.settings.epochs)} epochs; ${count(final.heldOutImages)} images ` +
          `were held out to watch the training. It took ${duration(final.milliseconds)}.`,
      ),
      chartOf({
        name: "final-curves",
        title: "Learning curves of the final model",
        subtitle: describeSettings(final.settings),
        caption: "Learning curves on the training images and on those held out (validation).",
        narrowSize: { width: NARROW_WIDTH, height: 170 },
        build: (options) => combinedCurvesSpecification(history, { ...options, classes }),
      }),
      {
        kind: "templates",
        caption: "The weights of the final model, each template scaled from its least to its greatest weight.",
        classNames: data.classNames,
        shape: data.shape,
        subtitle: describeSettings(final.settings),
        montages: [
          { name: "final-weights", title: "Final model", parameters: final.parameters, frames: final.frames },
        ],
      },
      ...answersBlocks(final.onTest, "final", data.name),
    ],
  };
}

const mutable = (series: Readonly<Record<string, readonly (number | null)[]>>): [string, (number | null)[]][] =>
  Object.entries(series).map(([tag, values]) => [tag, [...values]]);
