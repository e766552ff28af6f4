// The metrics by name, as they are asked for on a command line.
import type { AnyMetric } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { nearest } from "@trainscope/core/text";
import { auroc } from "./auroc.ts";
import type { Average } from "./average.ts";
import { averagePrecision } from "./average-precision.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { brier } from "./brier.ts";
import { calibrationError } from "./calibration-error.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { confusion } from "./confusion.ts";
import { entropy } from "./entropy.ts";
import { fBeta } from "./f-beta.ts";
import { gradientNorm } from "./gradient-norm.ts";
import { imagesPerSecond } from "./images-per-second.ts";
import { learningRate } from "./learning-rate.ts";
import { matthews } from "./matthews.ts";
import { memory } from "./memory.ts";
import { negativeLogLikelihood } from "./negative-log-likelihood.ts";
import { precision } from "./precision.ts";
import { precisionRecallCurves } from "./precision-recall-curves.ts";
import { recall } from "./recall.ts";
import { reliability } from "./reliability.ts";
import { rocCurves } from "./roc-curves.ts";
import { topK } from "./top-k.ts";
import { updateRatio } from "./update-ratio.ts";
import { weightNorm } from "./weight-norm.ts";

/** Every metric in its usual form, in the order in which they are read about. */
export function catalogue(): readonly AnyMetric[] {
  return [
    topK(),
    balancedAccuracy(),
    precision(),
    recall(),
    fBeta(),
    matthews(),
    cohenKappa(),
    confusion(),
    precision({ average: "none" }),
    recall({ average: "none" }),
    auroc(),
    averagePrecision(),
    rocCurves(),
    precisionRecallCurves(),
    calibrationError(),
    calibrationError({ error: "max" }),
    calibrationError({ binning: "mass" }),
    reliability(),
    brier(),
    negativeLogLikelihood(),
    entropy(),
    weightNorm(),
    updateRatio(),
    gradientNorm(),
    learningRate(),
    imagesPerSecond(),
    memory(),
  ];
}

/** Names with an option in them. */
export interface MetricFamily {
  /** An example, and what may stand in place of what. */
  readonly name: string;
  readonly description: string;
  /** Undefined where the name is none of the family's. */
  create(name: string): AnyMetric | undefined;
}

/** Metrics whose names hold a number, as `top-3` does. */
export const FAMILIES: readonly MetricFamily[] = [
  {
    name: "top-K",
    description: "K a whole number: top-3",
    create: (name) => matched(/^top-([1-9]\d*)$/, name, ([k]) => topK({ k: Number(k) })),
  },
  {
    name: "fBETA",
    description: "BETA a number, with a hyphen for its point: f2, f0-5",
    create: (name) =>
      matched(/^f(\d+(?:-\d+)?)$/, name, ([beta = ""]) => {
        const value = Number(beta.replace("-", "."));
        return value > 0 ? fBeta({ beta: value }) : undefined;
      }),
  },
  {
    name: "NAME-AVERAGE",
    description: "precision, recall or f1 with micro, weighted or per-class: recall-weighted",
    create: (name) =>
      matched(/^(precision|recall|f1)-(micro|weighted|per-class)$/, name, ([of = "", average]) => {
        const create = { precision, recall, f1: fBeta }[of as "precision"];
        return average === "per-class" ? create({ average: "none" }) : create({ average: average as Average });
      }),
  },
  {
    name: "NAME-BINS",
    description: "ece, mce or adaptive-ece with another number of bins than 15: ece-10",
    create: (name) =>
      matched(/^(adaptive-)?(ece|mce)-([1-9]\d*)$/, name, ([adaptive, error, bins]) =>
        calibrationError({
          name,
          bins: Number(bins),
          binning: adaptive === undefined ? "width" : "mass",
          error: error === "mce" ? "max" : "mean",
        }),
      ),
  },
];

function matched(
  pattern: RegExp,
  name: string,
  create: (parts: readonly (string | undefined)[]) => AnyMetric | undefined,
): AnyMetric | undefined {
  const match = pattern.exec(name);
  return match === null ? undefined : create(match.slice(1));
}

/** Throws `BAD_OPTION` for a name that no metric has, with the one that may be meant. */
export function metricNamed(name: string): AnyMetric {
  requireArgument("metricNamed", "name", name, "a text");
  const usual = catalogue();
  const found = usual.find((metric) => metric.name === name) ?? fromFamily(name);
  if (found !== undefined) return found;
  const names = usual.map((metric) => metric.name);
  const near = nearest(name, names);
  throw new TrainscopeError("BAD_OPTION", `no metric is called ${JSON.stringify(name)}`, {
    hint: `${near === undefined ? "" : `Is it ${near} that you mean? `}trainscope metrics lists them all.`,
  });
}

function fromFamily(name: string): AnyMetric | undefined {
  for (const family of FAMILIES) {
    const metric = family.create(name);
    if (metric !== undefined) return metric;
  }
  return undefined;
}
