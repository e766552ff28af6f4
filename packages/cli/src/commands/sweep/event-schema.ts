// What a sweep has told, read back: data from outside, held against one schema.

import { messageOf } from "@trainscope/core/errors";
import {
  BOOLEAN,
  type Checked,
  COUNT,
  checkJson,
  checkShape,
  listOf,
  METRIC_VALUES,
  NUMBER,
  oneOf,
  STRING,
  shapeOf,
} from "@trainscope/core/schema";
import { resolveSettings } from "@trainscope/core/settings";
import * as z from "zod/mini";
import { SWEEP_EVENT_VERSION, type SweepEvent } from "./events.ts";
import { parseDefinition } from "./sweep-folder.ts";

const MAYBE = z.union([NUMBER, z.null()], "a number or null");
const HEADER = { v: z.literal(SWEEP_EVENT_VERSION, String(SWEEP_EVENT_VERSION)), seq: COUNT, time: NUMBER };
const PLANNED = z.union([COUNT, z.null()], "a whole number or null");
const POINT = z.record(STRING, z.unknown(), "an object");
const TRIAL = { ...HEADER, candidate: COUNT, point: POINT, seed: COUNT, epochs: COUNT };

const SCHEMAS: Readonly<Record<SweepEvent["type"], z.ZodMiniType<object>>> = {
  "sweep:start": shapeOf({
    ...HEADER,
    type: STRING,
    dataName: STRING,
    folder: STRING,
    definition: z.unknown(),
    planned: PLANNED,
    lanes: COUNT,
    before: COUNT,
    queue: z.exactOptional(STRING),
  }),
  "sweep:edit": shapeOf({ ...HEADER, type: STRING, definition: z.unknown(), planned: PLANNED }),
  "trial:start": shapeOf({ ...TRIAL, type: STRING, lane: COUNT, worker: z.exactOptional(STRING) }),
  "trial:epoch": shapeOf({
    ...HEADER,
    type: STRING,
    candidate: COUNT,
    seed: COUNT,
    epoch: COUNT,
    value: MAYBE,
  }),
  "trial:end": shapeOf({
    ...TRIAL,
    type: STRING,
    value: MAYBE,
    curve: listOf(MAYBE),
    reused: BOOLEAN,
    milliseconds: NUMBER,
    reason: oneOf(["completed", "stopped", "early-stop", "diverged", "failed"]),
  }),
  "trial:lost": shapeOf({ ...TRIAL, type: STRING, message: STRING }),
  "candidate:end": shapeOf({
    ...HEADER,
    type: STRING,
    candidate: COUNT,
    point: POINT,
    epochs: COUNT,
    values: METRIC_VALUES,
    lost: listOf(COUNT),
    mean: MAYBE,
    deviation: MAYBE,
    best: BOOLEAN,
  }),
  "sweep:end": shapeOf({ ...HEADER, type: STRING, reason: oneOf(["completed", "stopped", "failed"]) }),
};
const TYPED = shapeOf({ type: oneOf(Object.keys(SCHEMAS) as SweepEvent["type"][]) });

/** What it says, or why it is no event of a sweep. */
export function parseSweepEvent(line: string): Checked<SweepEvent> {
  const found = checkJson(z.looseObject({}, "an object"), line);
  if ("reason" in found) return found;
  const typed = checkShape(TYPED, found.value);
  if ("reason" in typed) return typed;
  const checked = checkShape(SCHEMAS[typed.value.type], found.value);
  if ("reason" in checked) return checked;
  // What else it has, such as its results, is passed on as it is: nothing here looks into it.
  const event = found.value as SweepEvent;
  if (event.type === "sweep:start" || event.type === "sweep:edit") {
    const definition = parseDefinition(event.definition);
    return "reason" in definition ? definition : { value: { ...event, definition: definition.value } };
  }
  try {
    if ("point" in event) resolveSettings(event.point);
  } catch (error) {
    return { reason: messageOf(error) };
  }
  return { value: event };
}
