// A run's events read back from JSON lines: the log of a run, or what a program printed. Where the text comes from is
// the caller's business.

import { messageOf } from "../errors.ts";
import { EVENT_VERSION, type TrainingEvent } from "../events.ts";

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

type Kind = "number" | "string" | "boolean" | "object" | "array" | "object of numbers and nulls";

const FIGURES = "object of numbers and nulls";

/** Without them an event can't be read; what else there is may be missing from an earlier version's. */
const FIELDS: Readonly<Record<TrainingEvent["type"], Readonly<Record<string, Kind>>>> = {
  "run:start": { config: "object", metrics: "array" },
  "run:resume": { epoch: "number", batch: "number" },
  "epoch:start": { epoch: "number", epochs: "number" },
  progress: { epoch: "number", batch: "number", batches: "number" },
  "epoch:end": { epoch: "number", epochs: "number", metrics: FIGURES, timing: "object" },
  control: { action: "string", epoch: "number", batch: "number" },
  checkpoint: { epoch: "number", path: "string" },
  artifact: { plugin: "string", kind: "string", title: "string", path: "string" },
  alert: { level: "string", code: "string", message: "string" },
  "plugin:error": { plugin: "string", hook: "string", message: "string", disabled: "boolean" },
  examination: { epoch: "number", split: "string", confusion: "array" },
  "plugin:times": { epoch: "number", hooks: "array" },
  "run:end": { reason: "string", metrics: FIGURES, epochs: "number", plugins: "array" },
};

const HEADER: Readonly<Record<string, Kind>> = { seq: "number", runId: "string", time: "number" };

/**
 * The events of a log, a JSON object a line; empty lines are passed over. A last line without a line end is taken where
 * it is whole, and else left out as torn, so a log that was cut anywhere gives what was whole before the cut.
 */
export function readEventLog(text: string): EventLog {
  const lines = text.split("\n");
  const events: TrainingEvent[] = [];
  const problems: LogProblem[] = [];
  let torn = false;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const read = parseLine(line);
    if (typeof read !== "string") events.push(read);
    else if (index === lines.length - 1) torn = true;
    else problems.push({ line: index + 1, reason: read });
  }
  return { events, problems, torn };
}

/** The event, or what is wrong with the line. */
function parseLine(line: string): TrainingEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `it is no JSON: ${messageOf(error)}`;
  }
  if (kindOf(value) !== "object") return `it is ${describe(value)}; expected an object`;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields.v !== EVENT_VERSION) return `v is ${describe(fields.v)}; expected ${EVENT_VERSION}`;
  const { type } = fields;
  if (typeof type !== "string" || !Object.hasOwn(FIELDS, type)) {
    return `type is ${describe(type)}; expected one of ${Object.keys(FIELDS).join(", ")}`;
  }
  const expected = { ...HEADER, ...FIELDS[type as TrainingEvent["type"]] };
  for (const [name, kind] of Object.entries(expected)) {
    if (!isOfKind(fields[name], kind)) return `${name} is ${describe(fields[name])}; expected ${aKind(kind)}`;
  }
  return value as TrainingEvent;
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind !== FIGURES) return kindOf(value) === kind;
  return (
    kindOf(value) === "object" &&
    Object.values(value as object).every((figure) => figure === null || typeof figure === "number")
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function aKind(kind: string): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function describe(value: unknown): string {
  const kind = kindOf(value);
  if (kind === "undefined") return "missing";
  if (kind === "object" || kind === "array") return aKind(kind);
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
