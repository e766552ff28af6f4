// The simple form of a line: an object with an epoch and figures, as a loop in any language prints it in one statement.
// What each key means is told in docs/watch.md.
import type { Split } from "@trainscope/core";

/** What one object says. */
export interface SimpleLine {
  /** Not always whole: 2.5 is the midst of the third epoch from 0. */
  readonly epoch: number | undefined;
  readonly epochs: number | undefined;
  readonly batch: number | undefined;
  readonly batches: number | undefined;
  readonly samplesPerSecond: number | undefined;
  readonly learningRate: number | undefined;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  /** By tag. */
  readonly figures: ReadonlyMap<string, number | null>;
  /** Texts, the message first by itself, each other after its key. */
  readonly texts: readonly string[];
  readonly level: "info" | "warning" | "error";
}

type Counted = "epoch" | "epochs" | "batch" | "batches" | "samplesPerSecond" | "learningRate";

/** In lower case, without what joins words. */
const COUNTED: ReadonlyMap<string, Counted> = new Map<string, Counted>([
  ["epoch", "epoch"],
  ...["epochs", "totalepochs", "numepochs", "nepochs", "maxepochs"].map((key) => [key, "epochs"] as const),
  ...["batch", "step", "iteration", "iter"].map((key) => [key, "batch"] as const),
  ...["batches", "steps", "iterations", "totalsteps", "numbatches"].map((key) => [key, "batches"] as const),
  ...["lr", "learningrate", "eta"].map((key) => [key, "learningRate"] as const),
  ...["samplespersecond", "imagespersecond"].map((key) => [key, "samplesPerSecond"] as const),
]);

const SPLITS: ReadonlyMap<string, Split> = new Map<string, Split>([
  ...["train", "training"].map((word) => [word, "train"] as const),
  ...["val", "valid", "validation", "dev", "eval"].map((word) => [word, "validation"] as const),
  ["test", "test"],
]);

/** Keys whose text says of which split a line's figures are. */
const SPLIT_KEYS: readonly string[] = ["split", "phase", "mode"];

const TIMES: readonly string[] = ["time", "timestamp", "ts"];
const MESSAGES: readonly string[] = ["message", "msg"];
const LEVELS = ["info", "warning", "error"] as const;

/** The first of March 1973, in ms; as seconds that is in the year 5138. What is less in seconds is a duration. */
const EARLIEST_MS = 1e11;
const EARLIEST_S = EARLIEST_MS / 1000;
const LATEST_MS = 4.1e12;

/** `undefined` where nothing in it is of use. */
export function readSimple(fields: Readonly<Record<string, unknown>>): SimpleLine | undefined {
  const counted = new Map<Counted, number>();
  const figures = new Map<string, number | null>();
  const texts: string[] = [];
  const own = splitOf(fields);
  let level: SimpleLine["level"] = "info";
  let time: number | undefined;

  function take(key: string, value: unknown, split: Split): void {
    const plain = key.toLowerCase();
    const count = COUNTED.get(plain.replace(/[^\p{Letter}]+/gu, ""));
    const said = LEVELS.find((one) => plain === "level" && one === value);
    if (TIMES.includes(plain) && timeOf(value) !== undefined) time = timeOf(value);
    else if (said !== undefined) level = said;
    else if (typeof value === "string") {
      if (MESSAGES.includes(plain)) texts.unshift(value);
      else if (!isSplitKey(plain, value)) texts.push(`${key}: ${value}`);
    } else if (value !== null && typeof value !== "number") return;
    else if (count === undefined) figures.set(tagOf(key, split), finite(value));
    else if (isFit(count, value)) counted.set(count, value);
  }

  for (const [key, value] of Object.entries(fields)) {
    const group = groupOf(key);
    if (group !== undefined && isObject(value)) {
      for (const [name, figure] of Object.entries(value)) take(name, figure, group === "own" ? own : group);
    } else take(key, value, own);
  }
  if (counted.size === 0 && figures.size === 0 && texts.every((text) => !isMessage(fields, text)))
    return undefined;
  const of = (name: Counted): number | undefined => counted.get(name);
  return {
    ...{ epoch: of("epoch"), epochs: of("epochs"), batch: of("batch"), batches: of("batches") },
    ...{ samplesPerSecond: of("samplesPerSecond"), learningRate: of("learningRate") },
    ...{ time, figures, texts, level },
  };
}

/**
 * `split/name` of a key: the split is its first or last word (`val_loss`, `Loss/train`), and else the one given; `acc`
 * is accuracy.
 */
export function tagOf(key: string, otherwise: Split): string {
  const text = key.trim().toLowerCase();
  const first = /^(\p{Letter}+)[/_.\s-]+(.+)$/u.exec(text);
  const last = /^(.+?)[/_.\s-]+(\p{Letter}+)$/u.exec(text);
  const [before, after] = [SPLITS.get(first?.[1] ?? ""), SPLITS.get(last?.[2] ?? "")];
  if (before !== undefined) return `${before}/${nameOf(first?.[2] ?? "")}`;
  if (after !== undefined) return `${after}/${nameOf(last?.[1] ?? "")}`;
  return `${otherwise}/${nameOf(text)}`;
}

function nameOf(text: string): string {
  return text === "acc" ? "accuracy" : text || "figure";
}

function splitOf(fields: Readonly<Record<string, unknown>>): Split {
  const named = SPLIT_KEYS.map((key) => SPLITS.get(String(fields[key]).toLowerCase()));
  return named.find((split) => split !== undefined) ?? "train";
}

function isSplitKey(key: string, value: string): boolean {
  return SPLIT_KEYS.includes(key) && SPLITS.has(value.toLowerCase());
}

/** Whose figures stand together in an object of their own: `{"val": {"loss": 1.8}}`. */
function groupOf(key: string): Split | "own" | undefined {
  return key === "metrics" ? "own" : SPLITS.get(key.toLowerCase());
}

function isMessage(fields: Readonly<Record<string, unknown>>, text: string): boolean {
  return Object.entries(fields).some(([key, value]) => MESSAGES.includes(key.toLowerCase()) && value === text);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function isFit(name: Counted, value: number | null): value is number {
  if (value === null || !(value >= 0) || value > Number.MAX_SAFE_INTEGER) return false;
  return name === "epoch" || name === "learningRate" || name === "samplesPerSecond" || Number.isInteger(value);
}

function timeOf(value: unknown): number | undefined {
  const number = typeof value === "string" ? Date.parse(value) : value;
  if (typeof number !== "number") return undefined;
  const milliseconds = number >= EARLIEST_S && number < EARLIEST_MS ? number * 1000 : number;
  return milliseconds >= EARLIEST_MS && milliseconds <= LATEST_MS ? milliseconds : undefined;
}
