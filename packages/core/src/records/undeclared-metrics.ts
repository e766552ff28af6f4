// What the tag of a metric says by itself, where a run tells values of a metric that its `run:start` doesn't declare. The
// figures of foreign logs are declared by @trainscope/formats, which knows how other tools call things.
import { SPLITS } from "../data/dataset.ts";
import type { MetricInfo, MetricValues } from "../events.ts";
import type { Direction } from "../metric-info.ts";

/** As the field names them, in one piece or as the last word of several: `top5-accuracy`. */
const LESS_IS_BETTER = [
  "loss",
  "cost",
  "error",
  "err",
  "perplexity",
  "ppl",
  "mse",
  "rmse",
  "mae",
  "nll",
  "wer",
  "cer",
];
const FRACTIONS = ["accuracy", "acc"];
const MORE_IS_BETTER = [
  ...FRACTIONS,
  "f1",
  "auc",
  "auroc",
  "precision",
  "recall",
  "iou",
  "miou",
  "dice",
  "bleu",
  "map",
  "r2",
  "psnr",
  "ssim",
];

/** The known metrics and those of the values that are new; the same array where there are none. */
export function withMetricsOf(known: readonly MetricInfo[], values: MetricValues): readonly MetricInfo[] {
  const tags = new Set(known.map(({ tag }) => tag));
  const added = Object.entries(values).flatMap(([tag, value]) =>
    tags.has(tag) ? [] : (undeclaredMetric(tag, value) ?? []),
  );
  return added.length === 0 ? known : [...known, ...added];
}

/** `undefined` where it is not `split/name`. Some programs tell fractions, others per cent: the value says which. */
function undeclaredMetric(tag: string, value: number | null): MetricInfo | undefined {
  const cut = tag.indexOf("/");
  const split = SPLITS.find((one) => one === tag.slice(0, cut));
  const name = tag.slice(cut + 1);
  if (split === undefined || name === "") return undefined;
  const unit = wordsOf(name).some((word) => FRACTIONS.includes(word)) ? shareUnit(value) : null;
  return { tag, name, split, direction: directionOf(name), unit, display: {} };
}

function shareUnit(value: number | null): string | null {
  if (value === null || (value >= 0 && value <= 1)) return "fraction";
  return value > 1 && value <= 100 ? "%" : null;
}

function directionOf(name: string): Direction {
  const words = wordsOf(name);
  if (words.some((word) => LESS_IS_BETTER.includes(word))) return "min";
  return words.some((word) => MORE_IS_BETTER.includes(word)) ? "max" : "none";
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[^\p{Letter}\p{Number}]+/u);
}
