// What kind of figure a metric is, told from its name, and so where it belongs: what is trained for comes first, and what
// only tells of the machine has no chart.
import type { MetricInfo } from "@trainscope/core/events";

export type FigureKind = "result" | "cost" | "part" | "learning rate" | "machine" | "constant";

/** In the order in which they are shown. */
const KINDS: readonly FigureKind[] = ["result", "cost", "part", "learning rate", "machine", "constant"];

/** The sum, where others are its parts. */
const SUMS = ["loss", "total_loss", "loss_total", "total loss", "loss/total", "total-loss"];

const LOSS = /^(loss|losses|nll|mse|mae|ppl|perplexity)$/;
/** What a model is judged by; COCO's numbers a threshold come after the plain ones. */
const SCORE =
  /^(acc|accuracy|top\d|f1|auc|auroc|precision|recall|iou|miou|m?ap|score|bleu|rouge\w*|wer|cer|dice|reward)$/;
const SCORE_AT = /^(m?ap|acc|recall)\d+$/;
const ERROR = /^(error|err)$/;
const RATE = /^(lrs?|lr\d+|pg\d+)$/;
const MACHINE = new Set([
  "time",
  "runtime",
  "seconds",
  "secs",
  "sec",
  "eta",
  "duration",
  "elapsed",
  "walltime",
  "timestamp",
  "throughput",
  "fps",
  "flops",
  "tflops",
  "mfu",
  "speed",
  "ips",
  "memory",
  "mem",
  "vram",
  "ram",
  "gpu",
  "cpu",
  "cuda",
]);
const CONSTANT = /^(n|num|number)?_?(of)?_?(trainable|total)?_?(parameters|params|param_count)$/;

/** The kind of one of the metrics of a run; `names` are all of theirs. */
export function figureKind(name: string, names: readonly string[]): FigureKind {
  const plain = name.toLowerCase();
  if (CONSTANT.test(plain)) return "constant";
  const words = wordsOf(name);
  if (words.some((word) => LOSS.test(word))) return isPart(plain, names) ? "part" : "result";
  if (isNumbered(plain, names)) return "part";
  if (plain === "cost") return "cost";
  if (words.some((word) => SCORE.test(word) || ERROR.test(word))) return "result";
  if (words.some((word) => RATE.test(word)) || /learning.?rate/.test(plain)) return "learning rate";
  const isSpeed = /per[ _-]?(second|sec|step|iter)|(it|tok|img|images|samples|tokens)\/s/.test(plain);
  return isSpeed || words.some((word) => MACHINE.has(word)) ? "machine" : "result";
}

/** Whether there is a loss that it belongs to. */
function isPart(plain: string, names: readonly string[]): boolean {
  const isSum = SUMS.includes(plain);
  return !isSum && names.some((other) => SUMS.includes(other.toLowerCase()));
}

/** Whether it is one of several, by a number in its name, of a figure that is there by itself: an auxiliary head's. */
function isNumbered(plain: string, names: readonly string[]): boolean {
  const base = plain.replace(/_\d+(?=_|$)/, "");
  return base !== plain && names.some((other) => other.toLowerCase() === base);
}

/** Of the metrics of a run, the order in which they are looked at; equals stay in their order. */
export function figureRank({ name }: Pick<MetricInfo, "name">, kind: FigureKind): number {
  if (kind !== "result") return 6 + KINDS.indexOf(kind);
  if (SUMS.includes(name.toLowerCase())) return 0;
  if (name === "accuracy") return 1;
  const words = wordsOf(name);
  const isAny = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  if (isAny(SCORE) || isAny(LOSS)) return 2;
  if (isAny(ERROR)) return 3;
  return isAny(SCORE_AT) ? 4 : 5;
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Lowercase_Letter})(\p{Uppercase_Letter})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u);
}
