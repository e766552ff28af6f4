// What a viewer asks of a run, checked before it is believed.
import { CONTROL_SCHEMA, checkShape, parseJson, shapeOf } from "@trainscope/core/schema";
import { visible } from "@trainscope/core/text";
import * as z from "zod/mini";
import type { FromViewer } from "./protocol.ts";

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
