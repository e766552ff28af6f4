// The name before a number: which words of the text belong to it, and what they say.
import type { Split } from "@trainscope/core";
import { counterOf, isMeasure, roleOf, splitOfWord } from "../meaning/words.ts";
import { GONE } from "./blank-out.ts";
import { remembered } from "./remembered.ts";

/** Among them the end of a sentence, which the point after a short word, as in `Val. Loss`, isn't. */
const PARTS = /[,;|\t[\](){}<>¦•!?]|\s[-–—]+\s| {2,}|\.{2,}\s|(?<=\p{Letter}{6})\.\s/u;
const LEADING_SIGNS = /^[^\p{Letter}\p{Number}_]+/u;
/** Small letters make `error` a figure's name. */
const LEVEL = /^(?:[Ii]nfo|INFO|[Dd]ebug|DEBUG|[Ww]arn(?:ing)?|WARN(?:ING)?|ERROR|root|stdout|stderr)$/;

/** A bar's `10.1it/s` before a name. */
const RATE = /^[\d.]+\w*(?:\/\w+)+$/;

interface Named {
  readonly name: string;
  /** The last of its words. */
  readonly last: string;
  readonly separator: boolean;
  readonly isBracket: boolean;
}

/** The words right before a number, up to what parts them from others, and what stands between. */
export const nameBefore = remembered(findName);

function findName(before: string): Named {
  const trimmed = before.trimEnd();
  const isBracket = /[[(]\s*[#]?$/.test(trimmed);
  const bare = trimmed.replace(/[[("'#<\s]+$/, "");
  const unquoted = bare.replace(/["'`]+\s*([:=]+)$/, "$1");
  const separator = /[:=]$/.test(unquoted) || /\b(?:is|->|→)$/.test(unquoted);
  const words = unquoted
    .replace(/(?:[:=]+|\bis|->|→)$/, "")
    .trimEnd()
    .replace(/["'`]+$/, "");
  const part = lastPart(words);
  const name = (part.split(/:\s*(?=\p{Letter})/u).at(-1) ?? "")
    .split(/\s+/)
    .map((word) => word.replace(LEADING_SIGNS, "").replace(/[:"'`]+$/, ""))
    .filter((word) => word !== "" && !LEVEL.test(word) && !RATE.test(word))
    .join(" ");
  return { name, last: name.split(" ").at(-1) ?? "", separator, isBracket };
}

function lastPart(text: string): string {
  // Names may hold brackets of their own: mAP50-95(B), Epoch(train), D(G(z)).
  const own = /[\w@.-]+\((?:\w+|\w+\(\w+\))\)$/.exec(text);
  if (own !== null) return own[0];
  // What kind of a mean it is: f1-score (micro avg).
  const [, measure = "", mean = ""] = /([\w@.-]+) \(([\p{Letter} ]+)\)$/u.exec(text) ?? [];
  if (measure !== "" && isMeasure(measure)) return `${mean} ${measure}`;
  // Its short name: mean average precision (mAP@0.50).
  const short = /\(([\w@.:-]+)\)$/.exec(text)?.[1];
  if (short !== undefined && isMeasure(short)) return short;
  return text.split(PARTS).at(-1)?.trim() ?? "";
}

const FILLERS =
  /^(?:of|the|on|for|a|an|at|in|is|was|finished|with|network|model|images|set|data|dataset|samples|\d+)$/i;

/** Of a whole phrase the measure and its split: "Accuracy of the network on the 10000 test images". */
export const reduce = remembered(findMeasure);

function findMeasure(name: string): string {
  const words = name.split(" ");
  const split = words.find((word) => splitOfWord(word) !== undefined);
  const plain = words.filter(
    (word) => !FILLERS.test(word) && (splitOfWord(word) === undefined || word === split),
  );
  if (plain.length <= 3 || roleOf(name.toLowerCase()) === "learningRate") return plain.join(" ");
  const measures = plain.filter((word) => isMeasure(word));
  if (measures.length === 0) return plain.slice(-2).join(" ");
  return [split, ...measures.filter((word) => word !== split)].filter((word) => word !== undefined).join(" ");
}

export function splitIn(text: string): Split | undefined {
  return firstSplit(text) ?? undefined;
}

const firstSplit = remembered((text): Split | null => {
  // `Evaluating train: L1 0.05`: what is done, and then with what.
  for (const word of text
    .replace(/\b(?:evaluat|validat)\w+(?= (?:on )?(?:train|test))/i, "")
    .split(/[^\p{Letter}]+/u)) {
    const split = word === "" ? undefined : splitOfWord(word);
    if (split !== undefined) return split;
  }
  return null;
});

/** `Start of epoch 3`, `Running evaluation for step: 100`, `TIME: 12:00 -- STEP: 3`. */
const BESIDE_COUNTERS = /^(?:time|start|starting|running|learning|end|beginning|of|for|the)$/i;

/** Whether the words before a counter are counters, splits and signs only. */
export const isOnlyPlace = remembered((lead): boolean => {
  const words = lead
    .replaceAll(GONE, " ")
    .split(/[^\p{Letter}]+/u)
    .filter((word) => word !== "");
  return words.every(
    (word) =>
      counterOf(word) !== undefined ||
      splitOfWord(word) !== undefined ||
      LEVEL.test(word) ||
      BESIDE_COUNTERS.test(word),
  );
});
