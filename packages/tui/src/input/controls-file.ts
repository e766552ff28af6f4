// The controls of an earlier run, from its events.jsonl, or from what `--reporter json` printed of it.
import { readFile } from "node:fs/promises";
import {
  CONTROL_ACTIONS,
  isTrainscopeError,
  type ScriptedControl,
  scriptOf,
  type TrainingEvent,
  TrainscopeError,
} from "@trainscope/core";
import { reasonOf } from "../run-folder.ts";
import { clean } from "../text/width.ts";

/**
 * What changed the results of the run whose events the file has, a JSON object a line. A last line that was torn when
 * the run was killed is left out. Throws `BAD_OPTION` where the file can't be read, or has something else in it.
 */
export async function loadControls(path: string): Promise<readonly ScriptedControl[]> {
  const lines = (await read(path)).split("\n");
  const events: TrainingEvent[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const event = parseEvent(line);
    if (event !== undefined) {
      if (event.type === "control" && !CONTROL_ACTIONS.includes(event.action)) {
        const found = excerpt(JSON.stringify(event.action) ?? "missing");
        const reason = `the action in line ${index + 1} is ${found}; expected one of ${CONTROL_ACTIONS.join(", ")}`;
        throw wrong(path, reason);
      }
      events.push(event);
    } else if (index < lines.length - 1 || events.length === 0) {
      throw wrong(path, `line ${index + 1} is no event: ${excerpt(line)}`);
    }
  }
  if (events.length === 0) throw wrong(path, "it is empty");
  const runs = new Set(events.map(({ runId }) => runId));
  if (runs.size > 1) throw wrong(path, `it has the events of ${runs.size} runs; expected one`);
  return scriptOf(events);
}

/** Runs a check of the controls; what it throws becomes a fault of the file. */
export function checkControls(path: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!isTrainscopeError(error)) throw error;
    throw new TrainscopeError(
      error.code,
      error.message.replace(/^script/, () => path),
      {
        hint: "Train with the settings of the run that the controls were taken from.",
        cause: error,
      },
    );
  }
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT" ? "it does not exist" : code === "EISDIR" ? "it is a folder" : reasonOf(error);
    throw new TrainscopeError("BAD_OPTION", `can't read the controls in ${path}: ${reason}`, {
      hint: "Check the path that --controls names; it is taken from the working folder.",
      cause: error,
    });
  }
}

/** `undefined` where the line is no JSON, or no object that says what it is. */
function parseEvent(line: string): TrainingEvent | undefined {
  try {
    const value = JSON.parse(line) as Partial<TrainingEvent> | null;
    const isEvent = typeof value === "object" && typeof value?.type === "string" && "runId" in value;
    return isEvent ? (value as TrainingEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever the file is: nothing of it may disturb the terminal. */
function excerpt(text: string): string {
  return clean(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}

function wrong(path: string, reason: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `can't take the controls from ${path}: ${reason}`, {
    hint: "Give --controls a run's events.jsonl, or what `trainscope train --reporter json` has printed.",
  });
}
