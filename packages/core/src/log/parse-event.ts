// One event of the grammar, from any door: a line of a log, a message of a socket, what a program printed.

import { EVENT_VERSION, type TrainingEvent } from "../events.ts";
import { checkShape, parseJson } from "../schema/check-shape.ts";
import { EVENT_SCHEMAS } from "../schema/event-schemas.ts";
import { describeValue } from "../text/describe-value.ts";

/** What parsing an event came to. */
export type ParsedEvent =
  /** With every default filled in. `newer`: which of its fields this version doesn't know, as a clause. */
  | { readonly kind: "event"; readonly event: TrainingEvent; readonly newer?: string }
  /** Of a later version or of a type that this one doesn't know: to be told once, and passed over. */
  | { readonly kind: "newer"; readonly reason: string }
  /** What is wrong with it, as a clause. */
  | { readonly kind: "wrong"; readonly reason: string };

/** Of a line of JSON. */
export function parseEventLine(line: string): ParsedEvent {
  const json = parseJson(line);
  return "reason" in json ? { kind: "wrong", reason: json.reason } : parseEvent(json.value);
}

/** Reads parsed JSON as an event. Never throws: what is no event says why. */
export function parseEvent(value: unknown): ParsedEvent {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { kind: "wrong", reason: `it is ${describeValue(value)}; expected an object` };
  }
  const { v, type } = value as Readonly<Record<string, unknown>>;
  if (typeof v === "number" && v > EVENT_VERSION) {
    return { kind: "newer", reason: `v is ${v}, of a newer version; this one reads ${EVENT_VERSION}` };
  }
  if (v !== EVENT_VERSION) {
    return { kind: "wrong", reason: `v is ${describeValue(v)}; expected ${EVENT_VERSION}` };
  }
  if (typeof type !== "string") {
    return { kind: "wrong", reason: `type is ${describeValue(type)}; expected one of ${TYPES}` };
  }
  if (!Object.hasOwn(EVENT_SCHEMAS, type)) {
    return { kind: "newer", reason: `type is ${describeValue(type)}, which this version doesn't know` };
  }
  const schema = EVENT_SCHEMAS[type as TrainingEvent["type"]];
  const checked = checkShape<TrainingEvent>(schema, value);
  if ("reason" in checked) return { kind: "wrong", reason: checked.reason };
  const unknown = unknownField(value, schema.shape);
  if (unknown === undefined) return { kind: "event", event: checked.value };
  return {
    kind: "event",
    event: checked.value,
    newer: `${type} has the field ${describeValue(unknown)}, which this version doesn't know`,
  };
}

const TYPES = Object.keys(EVENT_SCHEMAS).join(", ");

function unknownField(value: object, known: object): string | undefined {
  for (const name in value) if (!Object.hasOwn(known, name)) return name;
  return undefined;
}
