// What looks like figures in a printed line and is none: dates, times of day, durations, a progress bar's own numbers.
import { isMeasure } from "../meaning/words.ts";
import { listsNamed } from "./lists-named.ts";

/** Stands for what was taken out, and parts names as a comma does. */
export const GONE = "¦";

const DATES = /\b\d{4}[-/.]\d\d?[-/.]\d\d?(?:[T ]\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[-+]\d\d:?\d\d)?)?/g;
const DURATIONS = /\b(?:\d+ days?, )?\d+:\d\d(?::\d\d)?(?:[.,]\d+)?\b/g;
const PARTED_DURATIONS = /\b\d+\s?(?:h|hr|hrs|m|min)\s?\d+(?:\.\d+)?\s?(?:m|min|s|sec)\b/g;
/** tqdm: `47%|####  | 47/100 [00:03<00:30, 13.9it/s` and, of a loop without length, `47it [00:03, 13.9it/s`. */
const BAR = /\d+%\|[^|]{0,300}\|\s*[\d.,kMG?]+\/[\d.,kMG?]+\s*(?:\[[^\],]{0,40}(?:,\s*[^,\]]{0,40})?)?/g;
/** `Steps:  10%|#  | 100/1000 [...`: what the bar counts is said, so that its place is a place. */
const COUNTED_BAR =
  /(\b(?<!\b(?:eval|valid|test)\p{Letter}*\s+)(?:epochs?(?: on \S+)?|steps?|iter(?:ation)?s?|training progress)\s*:?\s*)\d+%\|[^|]{0,300}\|\s*(\d+\/\d+)\s*(?:\[[^\],]{0,40}(?:,\s*[^,\]]{0,40})?)?/iu;
const ENDLESS_BAR = /\b[\d.]+[kMG]?it \[[^\],]{0,40}(?:,\s*[^,\]]{0,40})?/g;
/** `mAP(0.50, 11point) = 45.1`: how it was measured. */
const ARGUMENTS = /(?<=\w)\(\d[^()=]{0,40}\)(?=\s*[:=])/g;
/** `tensor(0.5, device='cuda:0')`, `np.float64(0.5)`: a number in its type. */
const TYPED =
  /\b(?:tensor|(?:\w+\.)?float\d+|(?:\w+\.)?int\d+|(?:Device|Jit)?Array|array)\(\s*([-+\w.]+)\s*(?:,[^()]*)?\)/g;
/**
 * Batches 0 to 99, of which the last has come: `minibatches 0-99`, `Minibatch[   1- 100, 10%]`. Outside of a bracket a dash
 * between blanks parts a counter from what comes next, which may be a date.
 */
const RANGE =
  /\b((?:mini)?batch(?:es)?|iter(?:ation)?s?|steps?)(\s*)(?:(\[\s*)(\d+)\s?-\s*(\d+)|(\d+)-(\d+))(?![\d/]|[-.:]\d)/gi;
/** Signs as wide as Chinese letters. */
const WIDE = /[：，]/;
/** Where in a program a message was logged: `trainer.py:96:log`, `yolox.core.trainer:238`. */
const LOCATIONS = /(?<![\w.])(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)+:(?:[a-z_]\w*:)?\d+(?::\w+)?(?=[\s\])]|$)/gi;
/** `logging.py:  98: ` */
const PADDED_LOCATIONS = /(?<![\w.])[\w-]+\.(?:py|cc|cpp|lua|jl):\s{1,4}\d+(?=[\s\]):])/g;
/** loguru's: `| INFO     | __main__:train:120 - `. */
const LOGURU = /(?<=\|\s*)[\w.]+:[\w.<>]+:\d+ - /;
/** `epoch_3`, `Step12`: a counter that is joined with its number. */
const JOINED = /\b(epoch|step|iter|iteration|episode)[-_]?(?=\d+(?![\w.]))/gi;
/** Keras and Paddle: `10/10 [=====>....] - ETA: 3s`, `10/10 ━━━━━ 3s 20ms/step`, `10/10 - 3s - loss: 0.1`. */
const KERAS_BAR = /^\s*(?:step\s+)?(\d+)\/(\d+|Unknown)\s+(?:\[[=>.\s]*\]|[━╸╺─]+|(?=-\s))/;
/** A bar that has its count written into it: `[====== 391/391 ====>]`. */
const COUNT_IN_BAR = /^\s*\[[=>.\s]{3,}(\d+)\/(\d+)[=>.\s]*\]/;

/** What loggers put before a message: up to the level, and the logger's name in `INFO:root:`; a bracket with the time; glog's own. */
const LOGGED =
  /^.{0,200}?\b(?:INFO|DEBUG|WARNING|WARN|ERROR|CRITICAL)\b(?::[\w.]+:(?=\s*(?:[^\s\d.-]|\d+\/)))?["'\]):|\s-]*(?:\w+(?:\.\w+)+ - )?/;
const TIMED = /^\s*\[[^\]]{0,80}¦[^\]]{0,80}\][:\s-]*/;
const GLOG = /^[IWEF]\d{4} [^\]]{0,120}\]\s*/;

export interface Blanked {
  readonly text: string;
  /** Place of a bar that counts batches, where there was one at the line's start. */
  readonly bar: { readonly batch: number; readonly batches: number } | undefined;
}

export function blankOut(line: string): Blanked {
  // SageMaker's logs have tabs by their number.
  let text = line.includes("#011") ? line.replaceAll("#011", "\t") : line;
  if (text.includes("(")) text = text.replace(ARGUMENTS, "");
  if (WIDE.test(text)) text = text.replaceAll("：", ":").replaceAll("，", ", ");
  if (text.includes("(")) text = text.replace(TYPED, "$1");
  if (text.includes("-")) text = text.replace(RANGE, rangeEnd);
  if (text.includes("[")) text = listsNamed(text);
  let bar: Blanked["bar"];
  if (line.includes("%|")) text = text.replace(COUNTED_BAR, countedBar).replace(BAR, GONE);
  if (line.includes("it [")) text = text.replace(ENDLESS_BAR, GONE);
  if (line.includes(":") || line.includes("-") || line.includes("/")) {
    text = text.replace(DATES, GONE).replace(DURATIONS, GONE);
  }
  if (text.includes(".") && text.includes(":")) {
    text = text.replace(LOCATIONS, locationGone).replace(PADDED_LOCATIONS, GONE);
  }
  if (text.includes("|")) text = text.replace(LOGURU, GONE);
  text = text.replace(PARTED_DURATIONS, GONE).replace(JOINED, "$1 ");
  text = withoutLogger(text);
  const keras = KERAS_BAR.exec(text) ?? COUNT_IN_BAR.exec(text);
  if (keras !== null) {
    bar = { batch: Number(keras[1]), batches: Number(keras[2]) };
    text = GONE + text.slice(keras[0].length);
  }
  return { text, bar };
}

function rangeEnd(
  range: string,
  word: string,
  blanks: string,
  bracket = "",
  ...ends: (string | undefined)[]
): string {
  const [from = ends[2], to = ends[3]] = ends;
  return Number(to) < Number(from) ? range : `${word}${blanks}${bracket}${to}`;
}

function countedBar(_: string, word: string, place: string): string {
  const counter = /^ep/i.test(word) ? "epoch " : /^training/i.test(word) ? "step " : word;
  return `${counter}${place} ${GONE}`;
}

/** Whether a line that is drawn over has a bar that counts steps or epochs of the whole run: each of its states is a place. */
export function hasCountedBar(line: string): boolean {
  return line.includes("%|") && COUNTED_BAR.test(line);
}

/** `val.loss:3` is a figure. */
function locationGone(location: string): string {
  const name = location.slice(0, location.indexOf(":"));
  return isMeasure(name.slice(name.lastIndexOf(".") + 1)) ? location : GONE;
}

/** A word such as INFO in the midst of a sentence is rare enough. */
function withoutLogger(text: string): string {
  if (/^[IWEF]\d{4} /.test(text)) return text.replace(GLOG, "");
  return text.replace(LOGGED, "").replace(TIMED, "");
}
