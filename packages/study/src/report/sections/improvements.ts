// The optional part's improvements: each changes one thing; what they gained, schedules, the ensemble.

import { gainsSpecification } from "../../charts/gains.ts";
import { schedulesSpecification } from "../../charts/schedules.ts";
import { CLEAR } from "../../judge.ts";
import type { OptionalResults, VariantResult } from "../../stages/results.ts";
import { type Block, paragraph, type Section } from "../document.ts";
import { differenceWords } from "../words/differences.ts";
import { divergedVariantWords } from "../words/diverged.ts";
import { ensembleWords } from "../words/ensemble.ts";
import { gainWords, improvementsOf } from "../words/gains.ts";
import { joined, percent } from "../words/numbers.ts";
import { chartOf } from "./chart.ts";
import { improvementsTable } from "./improvements-table.ts";

export function improvementsSection(optional: OptionalResults): Section {
  return {
    id: "improvements",
    title: "Improvements",
    blocks: [
      ...differenceWords(optional).map(paragraph),
      ...gainWords(improvementsOf(optional)).map(paragraph),
      ...divergedVariantWords(optional).map(paragraph),
      ...gainsChart(optional),
      improvementsTable(optional),
    ],
    sections: [
      ...schedulesSection(optional),
      {
        id: "ensemble",
        title: "An ensemble by majority vote",
        blocks: ensembleWords(optional.ensemble, optional.baseline.testAccuracy).map(paragraph),
      },
    ],
  };
}

function gainsChart(optional: OptionalResults): Block[] {
  const { variants, ensemble } = optional;
  const rows = improvementsOf(optional).length;
  if (rows === 0) return [];
  return [
    chartOf({
      name: "gains",
      title: "Gain of each change in validation accuracy",
      caption:
        "Gains over the baseline in percentage points. Bars, and ± in the chart, are two standard errors, of images and of " +
        "seeds together, so a bar that reaches zero shows no clear difference; text and table give one standard error, and " +
        `the table's verdict is by ${CLEAR} of them.`,
      narrowSize: { width: 120, height: 17 * (rows + 1) },
      build: (options) => gainsSpecification(variants, ensemble, options),
    }),
  ];
}

function schedulesSection({ baseline, variants }: OptionalResults): Section[] {
  const scheduled = variants.filter(({ group }) => group === "schedule");
  if (scheduled.length === 0) return [];
  const hasRates = [baseline, ...scheduled].some(({ learningRates }) => learningRates.length > 0);
  return [
    {
      id: "schedules",
      title: "Schedules of the learning rate",
      blocks: [
        paragraph(
          "A high rate comes quickly near the minimum, a low one stays there. Schedules begin high and end low, or go up " +
            `and down. Of the validation images are answered right in the end: ` +
            `${joined([...scheduled, baseline].map(endOf))}.`,
        ),
        ...(hasRates
          ? [
              chartOf({
                name: "schedules",
                title: "Learning-rate schedules",
                caption:
                  "The learning rate of each epoch, and the validation accuracy that the run had after it.",
                build: (options) => schedulesSpecification([baseline, ...scheduled], options),
                narrowSize: { width: 210, height: 190 },
              }),
            ]
          : [paragraph("None of these runs came to the end of an epoch, so there is no curve of them.")]),
      ],
    },
  ];
}

function endOf({ title, group, validationAccuracy }: VariantResult): string {
  const accuracy = validationAccuracy === null ? "none, as it diverged" : percent(validationAccuracy);
  return `${title}${group === "baseline" ? ", whose rate is constant" : ""} (${accuracy})`;
}
