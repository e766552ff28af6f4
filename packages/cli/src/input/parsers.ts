// Turns the words of the command line into values, each with a message that says what was expected.
import { TrainscopeError } from "@trainscope/core/errors";
import { MOST_NOISE, parseInitialisation, parseSchedule } from "@trainscope/core/settings";
import { InvalidArgumentError } from "commander";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function parseNumber(expected: string, holds: (value: number) => boolean): (text: string) => number {
  return (text) => {
    const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value) || !holds(value)) throw new InvalidArgumentError(`Expected ${expected}.`);
    return value;
  };
}

export const positiveNumber = parseNumber("a number above 0", (value) => value > 0);
export const nonNegativeNumber = parseNumber("a number of at least 0", (value) => value >= 0);
export const anyNumber = parseNumber("a number", () => true);
export const probability = parseNumber("a probability from 0 to 1", (value) => value >= 0 && value <= 1);
export const positiveInteger = parseNumber(
  "a whole number of at least 1",
  (value) => Number.isSafeInteger(value) && value >= 1,
);
export const twoOrMore = parseNumber(
  "a whole number of at least 2",
  (value) => Number.isSafeInteger(value) && value >= 2,
);

/** More would be a study of seeds, and a table that nobody reads. */
export const MOST_SEEDS = 100;
export const seedCount = parseNumber(
  `a whole number, 1 to ${MOST_SEEDS}`,
  (value) => Number.isSafeInteger(value) && value >= 1 && value <= MOST_SEEDS,
);
export const nonNegativeInteger = parseNumber(
  "a whole number of at least 0",
  (value) => Number.isSafeInteger(value) && value >= 0,
);

export const noise = parseNumber(
  `a whole number from 0 to ${MOST_NOISE}`,
  (value) => Number.isInteger(value) && value >= 0 && value <= MOST_NOISE,
);

export const schedule = parsedBy(parseSchedule);
export const initialisation = parsedBy(parseInitialisation);

/** What the reader refuses is told as a wrong argument. */
function parsedBy<Value>(read: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof TrainscopeError) throw new InvalidArgumentError(`${error.message}.`);
      throw error;
    }
  };
}

/** A path, which may not be empty. */
export function filled(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Expected a path.");
  return text;
}

export function words(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Expected some words.");
  return text;
}

export function webAddress(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : "";
  if (protocol !== "http:" && protocol !== "https:") throw new InvalidArgumentError("Expected an http(s) URL.");
  return text;
}

/** Names with commas between them; spaces around them are left out. */
export function metricNames(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes(""))
    throw new InvalidArgumentError("Expected names with commas between them, like f1,ece.");
  return names;
}

/** Collects the values of an option that may be given more than once. */
export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
