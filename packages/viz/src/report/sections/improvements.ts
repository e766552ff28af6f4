// The optional part's improvements: each changes one thing; what they gained, schedules, the ensemble.
import type { OptionalResults, VariantResult } from "@trainscope/core";
import { gainsSpecification } from "../../charts/gains.ts";
import { schedulesSpecification } from "../../charts/schedules.ts";
import { type Cell, left, paragraph, right, type Section, type Table } from "../document.ts";
import { judge } from "../words/estimate.ts";
import { gainText, gainWords } from "../words/gains.ts";
import { capital, count, joined, percent, spelled, UNKNOWN } from "../words/numbers.ts";
import { chartOf } from "./chart.ts";

const ENSEMBLE = "Majority vote";

export function improvementsSection(optional: OptionalResults): Section {
  const { baseline, variants, ensemble } = optional;
  const gains = [...variants, { title: ENSEMBLE, gain: ensemble.gain }].flatMap(({ title, gain }) =>
    gain === null ? [] : [{ title, gain }],
  );
  return {
    id: "improvements",
    title: "Improvements",
    blocks: [
      paragraph(
        `Each run differs from the baseline, the best of the four settings trained anew, in one thing. They are judged ` +
          `on ${count(baseline.validationImages)} validation images, which none of them was trained on. A gain is the ` +
          "difference of two accuracies on the same images; its standard error comes from the images that only one of the " +
          `two models answers right.${fewerImages(optional)}`,
      ),
      ...gainWords(gains).map(paragraph),
      chartOf({
        name: "gains",
        title: "Gain of each change in validation accuracy",
        caption:
          "Gains over the baseline in percentage points. Bars, and ± in the chart, are two standard errors, so a bar that " +
          "reaches zero shows no clear difference; text and table give one standard error.",
        narrowSize: { width: 120, height: 17 * (variants.length + 2) },
        build: (options) => gainsSpecification(variants, ensemble, options),
      }),
      improvementsTable(optional),
    ],
    sections: [...schedulesSection(optional), ensembleSection(optional)],
  };
}

/** Changes that leave fewer images to judge them by. */
function fewerImages({ baseline, variants }: OptionalResults): string {
  const fewer = variants.filter(({ validationImages }) => validationImages !== baseline.validationImages);
  if (fewer.length === 0) return "";
  const named = fewer.map(({ title, validationImages }) => `${title} (${count(validationImages)})`);
  return ` Of fewer images, with a larger error: ${joined(named)}; there the baseline, too, is judged on those alone.`;
}

interface Row {
  readonly difference: number;
  readonly cells: readonly Cell[];
  readonly isBaseline: boolean;
}

function improvementsTable({ baseline, variants, ensemble }: OptionalResults): Table {
  const rows = [
    ...[baseline, ...variants].map(rowOf),
    {
      difference: ensemble.gain.difference,
      isBaseline: false,
      cells: [
        { text: ENSEMBLE },
        { text: `${count(ensemble.members.length)} models vote` },
        { text: UNKNOWN, value: null },
        { text: percent(ensemble.validationAccuracy), value: ensemble.validationAccuracy },
        { text: gainText(ensemble.gain), value: ensemble.gain.difference },
        { text: VERDICTS[judge(ensemble.gain.difference, ensemble.gain.standardError)] },
        { text: percent(ensemble.testAccuracy), value: ensemble.testAccuracy },
      ],
    },
  ].toSorted((a: Row, b: Row) => b.difference - a.difference);
  return {
    kind: "table",
    title: "Improvements by their gain",
    columns: [
      left("Change"),
      left("What it is"),
      right("Training images"),
      right("Validation accuracy"),
      right("Gain ± standard error (points)"),
      left("Verdict"),
      right("Test accuracy"),
    ],
    rows: rows.map(({ cells }) => cells),
    marked: rows.findIndex(({ isBaseline }) => isBaseline),
  };
}

const VERDICTS = { higher: "better", lower: "worse", "no clear difference": "unclear" } as const;

function rowOf(variant: VariantResult): Row {
  const { title, change, trainImages, validationAccuracy, gain, testAccuracy } = variant;
  return {
    difference: gain?.difference ?? 0,
    isBaseline: gain === null,
    cells: [
      { text: title },
      { text: variant.reason === "diverged" ? `${change} (diverged)` : change },
      { text: count(trainImages), value: trainImages },
      { text: percent(validationAccuracy), value: validationAccuracy },
      gain === null ? { text: UNKNOWN, value: 0 } : { text: gainText(gain), value: gain.difference },
      { text: gain === null ? UNKNOWN : VERDICTS[judge(gain.difference, gain.standardError)] },
      { text: percent(testAccuracy), value: testAccuracy },
    ],
  };
}

function schedulesSection({ baseline, variants }: OptionalResults): Section[] {
  const scheduled = variants.filter(({ group }) => group === "schedule");
  if (scheduled.length === 0) return [];
  return [
    {
      id: "schedules",
      title: "Schedules of the learning rate",
      blocks: [
        paragraph(
          "A high rate comes quickly near the minimum, a low one stays there. Schedules begin high and end low, or go up " +
            `and down: ${joined(scheduled.map(({ title, validationAccuracy }, i) => `${title} ${i === 0 ? "ends " : ""}at ${percent(validationAccuracy)}`))}, ` +
            `the baseline's constant rate at ${percent(baseline.validationAccuracy)} of the validation images.`,
        ),
        chartOf({
          name: "schedules",
          title: "Learning-rate schedules",
          caption: "The learning rate of each epoch, and the validation accuracy that the run had after it.",
          build: (options) => schedulesSpecification([baseline, ...variants], options),
          narrowSize: { width: 210, height: 190 },
        }),
      ],
    },
  ];
}

const ENSEMBLE_VERDICTS = {
  higher: "The vote is clearly better than the baseline",
  lower: "The vote is clearly worse than the baseline",
  "no clear difference": "The vote can't be told from the baseline",
} as const;

function ensembleSection({ ensemble }: OptionalResults): Section {
  const [least, mean, greatest] = ensemble.memberAccuracies;
  const { gain, validationAccuracy, testAccuracy } = ensemble;
  const beside =
    testAccuracy > greatest
      ? "more than any of them alone"
      : `${testAccuracy === greatest ? "as many as" : "fewer than"} the best of them alone`;
  return {
    id: "ensemble",
    title: "An ensemble by majority vote",
    blocks: [
      paragraph(
        `${capital(spelled(ensemble.members.length))} models, trained on the same images, answer each image, and the answer with most ` +
          `votes counts: ${joined(ensemble.members)}. ${ENSEMBLE_VERDICTS[judge(gain.difference, gain.standardError)]} on the ` +
          `validation images (${percent(validationAccuracy)}, ${gainText(gain)} points). On the test images the models answer ` +
          `between ${percent(least)} and ${percent(greatest)} right alone, ${percent(mean)} on average, and ` +
          `${percent(testAccuracy)} together, ${beside}.`,
      ),
    ],
  };
}
