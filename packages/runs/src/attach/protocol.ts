// What the process that trains a run and those that watch it say to each other: JSON, an object a line. Each line is
// checked before it is believed.

import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { parseEvent } from "@trainscope/core/log";
import { CONTROL_SCHEMA, checkJson, checkShape, parseJson, STRING, shapeOf } from "@trainscope/core/schema";
import { visible } from "@trainscope/core/text";
import * as z from "zod/mini";

export const PROTOCOL_VERSION = 1;

/** In the run's folder. */
export const SOCKET_FILE = "control.sock";

export type FromRun =
  /** The first line. */
  | { readonly hello: typeof PROTOCOL_VERSION }
  | { readonly event: TrainingEvent }
  /** Of the control of the run, to the one viewer that has it from now on. */
  | { readonly granted: true }
  /** Why what the viewer sent was not done, as a clause. */
  | { readonly refused: string };

export type FromViewer =
  /** Asks to be the one that may control the run. */
  { readonly claim: true } | { readonly control: Control };

const REQUEST = shapeOf({ claim: z.exactOptional(z.literal(true)), control: z.exactOptional(CONTROL_SCHEMA) });

/** What a viewer asks for, or what is wrong with the line as a clause. */
export function readRequest(line: string): FromViewer | string {
  const json = parseJson(line);
  const asked = "value" in json && isObject(json.value) ? json.value : {};
  if (!("claim" in asked || "control" in asked)) {
    return `expected {"claim": true} or {"control": {...}}; found ${excerpt(line)}`;
  }
  const checked = checkShape(REQUEST, asked);
  if ("reason" in checked) return checked.reason;
  const { control } = checked.value;
  return control === undefined ? { claim: true } : { control };
}

const ANSWER = z.union([
  shapeOf({ hello: z.literal(PROTOCOL_VERSION) }),
  shapeOf({ granted: z.literal(true) }),
  shapeOf({ refused: STRING }),
  z.pipe(
    z.object({ event: z.unknown() }),
    z.transform(({ event }) => ({ event: parseEvent(event) })),
  ),
]);

/** What a run says, with its event as it was found; `undefined` for what this version doesn't understand. */
export function readAnswer(line: string): z.infer<typeof ANSWER> | undefined {
  const checked = checkJson(ANSWER, line);
  return "value" in checked ? checked.value : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

const LONGEST_EXCERPT = 60;

/** Whatever was sent: nothing of it may disturb a terminal. */
function excerpt(text: string): string {
  const shown = [...visible(text)];
  if (shown.length === 0) return "nothing";
  return shown.length > LONGEST_EXCERPT ? `${shown.slice(0, LONGEST_EXCERPT - 3).join("")}...` : shown.join("");
}
