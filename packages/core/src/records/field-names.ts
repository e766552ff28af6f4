// The names that a plain record's fields may have, and their tags: `val_loss` is `validation/loss`. They are few and
// promised, for programs that write records; what other tools call things is guessed in @trainscope/formats.
import type { Split } from "../data/dataset.ts";
import { metricTag } from "../metrics/metric.ts";

const SPLITS: ReadonlyMap<string, Split> = new Map([
  ...["train", "training"].map((word) => [word, "train"] as const),
  ...["val", "valid", "validation", "dev", "eval"].map((word) => [word, "validation"] as const),
  ["test", "test"],
]);

const RATES: ReadonlySet<string> = new Set(["lr", "learning_rate", "learningRate"]);

/** Of the training split, where the name doesn't begin with another. */
export function tagOfField(name: string): string {
  const [, word = "", rest = ""] = /^([a-z]+)[_/](.+)$/i.exec(name) ?? [];
  const split = SPLITS.get(word.toLowerCase());
  const own = split === undefined ? name : rest;
  return metricTag(split ?? "train", own === "acc" ? "accuracy" : own);
}

export function isRateField(name: string): boolean {
  return RATES.has(name);
}
