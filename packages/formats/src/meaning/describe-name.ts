// What a field's name says: a counter, a figure of a split, a learning rate, or something besides.
import type { Split } from "@trainscope/core";
import { type Counter, counterOf, isHeldOutMeasure, isLoss, type Role, roleOf, splitOfWord } from "./words.ts";

export type NameMeaning =
  | { readonly kind: "counter"; readonly counter: Counter; readonly rank: number }
  | {
      readonly kind: "value";
      readonly role: Role;
      /** As the name says it; else the record's. */
      readonly split: Split | undefined;
      /** Where neither name nor record say: of what such a measure is taken. */
      readonly usually: Split;
      /** Without the split. */
      readonly name: string;
      readonly isLoss: boolean;
    };

export function describeName(raw: string): NameMeaning {
  const first = takeSplit(
    raw
      .trim()
      .replace(/^cv_agg's\s+/, "")
      .replace(/(?:_set)?'s\s+/g, "/")
      .replace(CAMEL_SPLIT, (_, word = "") => `${word} `),
  );
  const { split } = first;
  // `Train loss/train/total`
  const again = split === undefined ? first : takeSplit(first.rest);
  const rest = again.split === split ? again.rest : first.rest;
  const counter = counterOf(rest.replace(/^(?:time|trainer|progress|timers|misc|diagnostics|global)\//i, ""));
  if (counter !== undefined) return { kind: "counter", ...counter };
  const name = tidy(rest);
  const path = name.toLowerCase();
  const heldOut = isHeldOutMeasure(path);
  return {
    kind: "value",
    role: TIMED.test(rest.trim()) ? "time" : roleOf(path),
    split,
    usually: heldOut ? "validation" : "train",
    name: path.startsWith("metrics/") ? name.slice("metrics/".length) : name,
    isLoss: isLoss(path.replace(/[^a-z0-9]+/g, "_")),
  };
}

/** `bch(ms)`: what it is measured in. */
const TIMED = /\((?:ms|s|secs?|seconds|hrs?)\)$/i;

/** `TrainAcc`, `valLoss`, `lossTrain`. */
const CAMEL_SPLIT =
  /^([Tt]rain(?:ing)?|[Vv]al(?:id(?:ation)?)?|[Dd]ev|[Ee]val|[Tt]est)(?=\p{Lu})|(?<=\p{Ll})(?=(?:Train|Val|Valid|Validation|Dev|Eval|Test)$)/u;

/** llm.c's names of losses. */
const WHOLE: ReadonlyMap<string, Split> = new Map([
  ["trl", "train"],
  ["tel", "validation"],
]);

/** Short for a split where they come first: at the end of a name they are languages. */
const SHORT: ReadonlyMap<string, Split> = new Map([
  ["tr", "train"],
  ["te", "test"],
]);

/** Words before which a split may stand in second place: `epoch_val_acc`, `average test loss`. */
const BEFORE_SPLIT: ReadonlySet<string> = new Set([
  "epoch",
  "batch",
  "iter",
  "step",
  "average",
  "avg",
  "mean",
  "final",
  "best",
  "loss",
]);

/**
 * The split that a name tells and the name without it: the first or last word of the whole, a group of a path, or the
 * first or last word of its first group.
 */
function takeSplit(raw: string): { split: Split | undefined; rest: string } {
  const whole = WHOLE.get(raw.toLowerCase());
  if (whole !== undefined) return { split: whole, rest: "loss" };
  const words = raw.split(/([^\p{Letter}\p{Number}]+)/u);
  const count = words.length;
  const order = [0, count - 1, ...groupsOf(words)];
  if (count > 4 && BEFORE_SPLIT.has((words[0] ?? "").toLowerCase())) order.push(2);
  for (const at of order) {
    const split =
      splitOfWord(words[at] ?? "") ??
      (at === 0 && count > 1 ? SHORT.get(words[0]?.toLowerCase() ?? "") : undefined);
    if (split === undefined) continue;
    // A name that is nothing but the split keeps it.
    if (count === 1) return { split, rest: raw };
    const before = words.slice(0, at);
    const after = words.slice(at + 1);
    // Of the signs on both sides those stay that part groups.
    if (after.length > 0 && (before.length === 0 || !after[0]?.includes("/"))) after.shift();
    else before.pop();
    return { split, rest: withoutFirstIndex([...before, ...after].join("")) };
  }
  return { split: undefined, rest: raw };
}

/** Places of words that end a group of a path, or are one: `coco_2017_val/bbox`, `fold0/train/loss`. */
function groupsOf(words: readonly string[]): number[] {
  return words.flatMap((word, index) => (index % 2 === 1 && word.includes("/") ? [index - 1] : []));
}

/** The first of several sets to evaluate on needs no number: `validation_0-auc`, `valid_0's l2`. */
function withoutFirstIndex(name: string): string {
  return name.replace(/^0[^\p{Letter}\p{Number}]+(?=\p{Letter})/u, "");
}

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["acc", "accuracy"],
  ["acc.", "accuracy"],
  ["accuracy score", "accuracy_score"],
]);

/** Blanks become underscores, words that are only capitalised become small, and adjectives of a mean go. */
function tidy(name: string): string {
  const small = name
    .trim()
    .replace(/\s*\((?:%|s|sec|ms|percent)\)$/, "")
    .replace(/(?<=loss)[\s_]value$/i, "")
    .replace(/^(?:(?:average|avg\.?|mean|running|current|total|overall)[\s_]+|avg\.)(?=\S)/i, (word) =>
      /^total|^overall|^mean_/i.test(word) ? word : "",
    )
    .replace(/\p{Letter}[\p{Letter}]*/gu, (word) =>
      /^\p{Lu}\p{Ll}+$|^\p{Lu}{4,}$/u.test(word) ? word.toLowerCase() : word,
    )
    .replace(/\s+/g, "_")
    .replace(/^[^\p{Letter}\p{Number}]+|[_./:\s-]+$/gu, "");
  return SYNONYMS.get(small) ?? (small || "figure");
}
