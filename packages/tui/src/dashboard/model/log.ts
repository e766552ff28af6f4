// The log: one line for each event that a person wants to know of.

import type { TrainingEvent } from "@trainscope/core/events";
import { visible } from "@trainscope/core/text";
import { describeEvent, type Said, type Severity } from "../../text/describe-event.ts";

/** A line of the dashboard's log. */
export interface LogLine {
  readonly time: number;
  readonly severity: Severity;
  readonly text: string;
  /** A line with the key of the one before takes its place. */
  readonly key: string;
  /** How often it was said in a row. */
  readonly count: number;
  /** It is no event of the run, and stays when that is told anew. */
  readonly isPrinted: boolean;
}

const KEPT = 1000;

/** The log with what is to be said of an event, if anything. */
export function appendLog(log: readonly LogLine[], event: TrainingEvent): readonly LogLine[] {
  const said = describeEvent(event);
  return said === undefined ? log : appendLine(log, event.time, said);
}

/** The log with one more line, or with a new last line where it is said again. */
export function appendLine(
  log: readonly LogLine[],
  time: number,
  said: Said,
  isPrinted = false,
): readonly LogLine[] {
  const text = visible(said.text);
  const key = said.key ?? text;
  const last = log.at(-1);
  const again = last?.key === key;
  const count = again && last.text === text ? last.count + 1 : 1;
  const line: LogLine = { time, severity: said.severity, text, key, count, isPrinted };
  return [...(again ? log.slice(0, -1) : log.slice(1 - KEPT)), line];
}
