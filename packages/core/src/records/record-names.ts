// What a field of a plain record is called, as a tag: `val_loss` is `validation/loss`.
import type { Split } from "../data/dataset.ts";
import { metricTag } from "../metrics/metric.ts";

const SPLITS: ReadonlyMap<string, Split> = new Map([
  ...["train", "training"].map((word) => [word, "train"] as const),
  ...["val", "valid", "validation", "dev", "eval"].map((word) => [word, "validation"] as const),
  ["test", "test"],
]);

const RATES: ReadonlySet<string> = new Set(["lr", "learning_rate", "learningRate"]);

/** Of the training split, where the name doesn't begin with another. */
export function tagOf(name: string): string {
  const [, word = "", rest = ""] = /^([a-z]+)[_/](.+)$/i.exec(name) ?? [];
  const split = SPLITS.get(word.toLowerCase());
  const own = split === undefined ? name : rest;
  return metricTag(split ?? "train", own === "acc" ? "accuracy" : own);
}

export function isRateName(name: string): boolean {
  return RATES.has(name);
}
