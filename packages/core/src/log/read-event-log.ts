// A run's events read back from JSON lines: the log of a run, or what a program printed. Where the text comes from is
// the caller's business.

import { messageOf } from "../errors.ts";
import { EVENT_VERSION, type TrainingEvent } from "../events.ts";
import { EVENT_FIELDS, HEADER_FIELDS } from "./event-fields.ts";
import { findWrong, OBJECT } from "./kinds.ts";

export interface LogProblem {
  /** 1-based. */
  readonly line: number;
  /** What is wrong with it, as a clause. */
  readonly reason: string;
}

export interface EventLog {
  /** Those of every whole line, in their order. */
  readonly events: readonly TrainingEvent[];
  /** Lines that are no events; a torn last one is not among them. */
  readonly problems: readonly LogProblem[];
  /** Whether the last line breaks off, as it does where the writer was killed or the disk was full. */
  readonly torn: boolean;
}

/**
 * The events of a log, a JSON object a line; empty lines are passed over, and events of types that aren't known yet. A last line without a line end is taken where
 * it is whole, and else left out as torn, so a log that was cut anywhere gives what was whole before the cut. `skim` may
 * give the event of a line, or as much of it as its caller needs, without all of it being read.
 */
export function readEventLog(text: string, skim?: (line: string) => TrainingEvent | undefined): EventLog {
  const lines = text.split("\n");
  const events: TrainingEvent[] = [];
  const problems: LogProblem[] = [];
  let torn = false;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const read = skim?.(line) ?? parseLine(line);
    if (read === undefined) continue;
    if (typeof read !== "string") events.push(read);
    else if (index === lines.length - 1) torn = true;
    else problems.push({ line: index + 1, reason: read });
  }
  return { events, problems, torn };
}

/** The event, or what is wrong with the line. */
function parseLine(line: string): TrainingEvent | string | undefined {
  try {
    return parseEvent(JSON.parse(line));
  } catch (error) {
    return `it is no JSON: ${messageOf(error)}`;
  }
}

/**
 * The value as an event, or what is wrong with it, as a clause; `undefined` where it is of a type that only a later
 * version knows. What may be missing is not filled in.
 */
export function parseEvent(value: unknown): TrainingEvent | string | undefined {
  if (!OBJECT.holds(value)) return `it is ${describe(value)}; expected an object`;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields.v !== EVENT_VERSION) return `v is ${describe(fields.v)}; expected ${EVENT_VERSION}`;
  const { type } = fields;
  if (typeof type !== "string") return `type is ${describe(type)}; expected a string`;
  if (!Object.hasOwn(EVENT_FIELDS, type)) return undefined;
  const wrong =
    findWrong(fields, HEADER_FIELDS) ?? findWrong(fields, EVENT_FIELDS[type as TrainingEvent["type"]]);
  if (wrong === undefined) return value as TrainingEvent;
  const [name, { words }] = wrong;
  return `${name} is ${describe(fields[name])}; expected ${withArticle(words)}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function withArticle(words: string): string {
  if (words.startsWith('"')) return words;
  return /^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`;
}

function describe(value: unknown): string {
  const kind = kindOf(value);
  if (kind === "undefined") return "missing";
  if (kind === "object" || kind === "array") return withArticle(kind);
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
