// Every chart of a report, by name: to draw each, and to hold all of them to what they have in common.

import type { ChartSpecification } from "@trainscope/viz";
import { classAccuracySpecification } from "../charts/class-accuracy.ts";
import { gainsSpecification } from "../charts/gains.ts";
import { gradientCheckSpecification } from "../charts/gradient-check.ts";
import { modelConfusionSpecification } from "../charts/model-confusion.ts";
import { probabilityHistogramSpecification } from "../charts/probability-histograms.ts";
import { schedulesSpecification } from "../charts/schedules.ts";
import { searchSpecification } from "../charts/search.ts";
import { settingCurvesSpecification, settingFigureSpecification } from "../charts/setting-curves.ts";
import { settingDomains } from "../charts/setting-domains.ts";
import { settingsComparisonSpecification } from "../charts/settings-comparison.ts";
import type { OptionalResults, StudyResults } from "../stages/results.ts";
import { seededOptionalResults, seededStudy } from "./study.ts";

/** The charts of a study; those of the optional part of a made-up one where it has none. */
export function studyCharts(
  study: StudyResults = seededStudy({ seeds: 3 }),
  optional: OptionalResults = study.optional ?? seededOptionalResults(),
): Record<string, ChartSpecification> {
  const { settings, bestModel, gradientCheck, data } = study;
  const classes = data.classNames.length;
  const domains = settingDomains(settings, classes);
  const [first, , third] = settings as [(typeof settings)[0], unknown, (typeof settings)[0]];
  return {
    settingTooHighRate: settingFigureSpecification(first, { classes, domains: domains[0] }),
    settingOverSeeds: settingFigureSpecification(third, { classes, domains: domains[2] }),
    settingAccuracy: settingCurvesSpecification(third, { quantity: "accuracy", classes }),
    settingsCompared: settingsComparisonSpecification(settings, { tag: "validation/accuracy", classes }),
    confusion: modelConfusionSpecification(bestModel),
    classAccuracy: classAccuracySpecification(bestModel),
    probabilityHistograms: probabilityHistogramSpecification(optional.histograms),
    search: searchSpecification(optional.search),
    gains: gainsSpecification(optional.variants, optional.ensemble),
    schedules: schedulesSpecification([optional.baseline, ...optional.variants]),
    gradientCheck: gradientCheckSpecification(gradientCheck),
  };
}
