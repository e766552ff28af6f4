// What an object of a log comes to: figures and counters, settings, a message, or an event of trainscope's grammar.
import type { Split } from "@trainscope/core";
import { EVENT_VERSION } from "@trainscope/core/events";
import type { Entry, Field, RecordEntry, TextEntry } from "../format.ts";
import { splitOfWord } from "../meaning/words.ts";
import { splitIn } from "../text/names.ts";
import { flatten } from "./flatten.ts";
import type { LooseObject } from "./loose-json.ts";

/** Keys whose text says of which split a line's figures are: by a word of its own, or by one among others. */
const SPLIT_KEY = /^(?:split|phase|mode|stage|subset|set|name|tag|type|dataset)$/i;
const KIND_KEY = /^(?:_?type|phase|mode|stage)$/i;
const MESSAGE_KEY = /^(?:message|msg|text|event|note)$/i;
const TIME_KEY = /^(?:_?timestamp|ts|time|date|datetime|wall_time|asctime|created_at)$/i;

/** The first of March 1973, in ms; as seconds that is in the year 5138. What is less in seconds is a duration. */
const EARLIEST_MS = 1e11;
const EARLIEST_S = EARLIEST_MS / 1000;
const LATEST_MS = 4.1e12;

export function objectEntries(object: LooseObject): Entry[] {
  if (object.v === EVENT_VERSION && typeof object.type === "string") return [{ kind: "event", value: object }];
  const all = flatten(object);
  const fields: Field[] = [];
  let split: Split | undefined;
  let time: number | undefined;
  let message: string | undefined;
  let level: TextEntry["level"] = "info";
  for (const field of all) {
    const [name, value] = field;
    if (TIME_KEY.test(name) && timeOf(value) !== undefined) time = timeOf(value);
    else if (typeof value !== "string") fields.push(field);
    else if (splitSaid(name, value) !== undefined) split = splitSaid(name, value);
    else if (MESSAGE_KEY.test(name)) message = value;
    else if (name === "level") level = levelOf(value);
  }
  const record: RecordEntry = {
    kind: "record",
    fields,
    ...(split === undefined ? {} : { split }),
    ...(time === undefined ? {} : { time }),
  };
  return [
    ...(fields.length > 0 ? [record] : []),
    ...(message === undefined ? [] : [{ kind: "text" as const, text: message, level }]),
  ];
}

/** `"split": "val"`, `"_type": "val_epoch"` */
function splitSaid(name: string, value: string): Split | undefined {
  if (KIND_KEY.test(name)) return splitIn(value);
  return SPLIT_KEY.test(name) ? splitOfWord(value) : undefined;
}

function levelOf(text: string): TextEntry["level"] {
  const word = text.toLowerCase();
  return word.startsWith("warn") ? "warning" : word === "error" || word === "critical" ? "error" : "info";
}

/** Milliseconds since 1970, of a number of seconds or milliseconds or a date. */
export function timeOf(value: Field[1]): number | undefined {
  const number = typeof value === "string" ? Date.parse(value) : value;
  if (number === null || !Number.isFinite(number)) return undefined;
  if (number >= EARLIEST_MS && number <= LATEST_MS) return number;
  return number >= EARLIEST_S && number < EARLIEST_MS && typeof value === "number" ? number * 1000 : undefined;
}
