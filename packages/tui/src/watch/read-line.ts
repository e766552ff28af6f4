// A line that a program printed: an event, an object of the simple form, or anything else.
import { type ParsedEvent, parseEvent, type TrainingEvent } from "@trainscope/core";

export type ReadLine =
  | { readonly kind: "empty" }
  | Exclude<ParsedEvent, { readonly kind: "wrong" }>
  | { readonly kind: "object"; readonly fields: Readonly<Record<string, unknown>> }
  /** `reason`: why it is no event, where it seems to be meant as one. */
  | { readonly kind: "other"; readonly reason: string | undefined };

/** What every event has, and a program that isn't trainscope may leave out. */
export type Header = Pick<TrainingEvent, "seq" | "runId" | "time">;

export function readLine(line: string, header: Header): ReadLine {
  const text = line.trim();
  if (text === "") return { kind: "empty" };
  // Most of what else programs print doesn't begin like this, and is no JSON.
  if (!text.startsWith("{")) return { kind: "other", reason: undefined };
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { kind: "other", reason: undefined };
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields.v !== "number" || typeof fields.type !== "string") return { kind: "object", fields };
  const parsed = parseEvent({ ...header, ...fields });
  return parsed.kind === "wrong" ? { kind: "other", reason: parsed.reason } : parsed;
}

/** `undefined` where it is none. Python's json.dumps prints NaN and Infinity, which JSON hasn't: they become null. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!/NaN|Infinity/.test(text)) return undefined;
  }
  try {
    return JSON.parse(text.replace(STRING_OR_NO_NUMBER, (part) => (part.startsWith('"') ? part : "null")));
  } catch {
    return undefined;
  }
}

const STRING_OR_NO_NUMBER = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;
