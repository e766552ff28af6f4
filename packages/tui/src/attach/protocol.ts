// What the process that trains a run and those that watch it say to each other: JSON, an object a line. Each line is
// checked before it is believed.
import {
  CONTROL_ACTIONS,
  type Control,
  type ControlAction,
  describeLiveRange,
  isLiveSetting,
  isLiveValue,
  type TrainingEvent,
} from "@trainscope/core";
import { clean, truncate } from "../text/width.ts";

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

/** What a viewer asks for, or what is wrong with the line as a clause. */
export function readRequest(line: string): FromViewer | string {
  const request = parse(line);
  if (request?.claim === true) return { claim: true };
  if (request === undefined || !("control" in request)) {
    return `expected {"claim": true} or {"control": {...}}; found ${excerpt(line)}`;
  }
  const control = readControl(request.control);
  return typeof control === "string" ? control : { control };
}

function readControl(value: unknown): Control | string {
  if (typeof value !== "object" || value === null) return `control is ${shown(value)}; expected an object`;
  const { action, to, unit } = value as Readonly<Record<string, unknown>>;
  if (!CONTROL_ACTIONS.includes(action as ControlAction)) {
    return `action is ${shown(action)}; expected one of ${CONTROL_ACTIONS.join(", ")}`;
  }
  const known = action as ControlAction;
  if (isLiveSetting(known)) {
    if (isLiveValue(known, to)) return { action: known, to };
    return `${known} is ${shown(to)}; expected ${describeLiveRange(known)}`;
  }
  if (known !== "step") return { action: known };
  if (unit === undefined) return { action: known };
  if (unit === "batch" || unit === "epoch") return { action: known, unit };
  return `unit is ${shown(unit)}; expected "batch" or "epoch"`;
}

/** What a run says; `undefined` for what this version doesn't understand. */
export function readAnswer(line: string): FromRun | undefined {
  const answer = parse(line);
  if (answer === undefined) return undefined;
  if (answer.hello === PROTOCOL_VERSION) return { hello: PROTOCOL_VERSION };
  if (answer.granted === true) return { granted: true };
  if (typeof answer.refused === "string") return { refused: answer.refused };
  const event = answer.event as Partial<TrainingEvent> | null | undefined;
  const isEvent = typeof event?.type === "string" && Number.isFinite(event.seq) && Number.isFinite(event.time);
  return isEvent ? { event: event as TrainingEvent } : undefined;
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : excerpt(JSON.stringify(value));
}

/** Whatever was sent: nothing of it may disturb a terminal. */
function excerpt(text: string): string {
  return text === "" ? "nothing" : truncate(clean(text), 60, "...");
}
