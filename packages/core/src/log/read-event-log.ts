// A log that is at hand as one text; a file of any length is read line by line through the parser.
import type { TrainingEvent } from "../events.ts";
import { createEventLogParser, type LogFindings } from "./event-log-parser.ts";

/** A log that was read whole: its events, and what was found wrong with it. */
export interface EventLog extends LogFindings {
  /** Those of every whole line, in their order. */
  readonly events: readonly TrainingEvent[];
}

/**
 * The events of a log, a JSON object a line; empty lines are passed over. A last line without a line end is taken where
 * it is whole, and else left out as torn, so a log that was cut anywhere gives what was whole before the cut.
 */
export function readEventLog(text: string): EventLog {
  const parser = createEventLogParser();
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  const events = lines.flatMap((line) => parser.line(line) ?? []);
  const last = parser.rest(rest);
  return { events: last === undefined ? events : [...events, last], ...parser.findings() };
}
