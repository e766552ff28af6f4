// The controls of an earlier run, from its events.jsonl, or from what `--reporter json` printed of it.

import { realpath } from "node:fs/promises";
import { type ScriptedControl, scriptOf } from "@trainscope/core";
import { isTrainscopeError, TrainscopeError } from "@trainscope/core/errors";
import type { TrainingEvent } from "@trainscope/core/events";
import type { LogFindings } from "@trainscope/core/log";
import { visible } from "@trainscope/core/text";
import { reasonOf } from "@trainscope/runs/files";
import { readLog } from "@trainscope/runs/log";
import { tell } from "@trainscope/tui/output";

/**
 * What changed the results of the run whose events the file has, a JSON object a line. A last line that was torn when
 * the run was killed is left out. Throws `BAD_OPTION` where the file can't be read, or has something else in it.
 */
export async function loadControls(path: string): Promise<readonly ScriptedControl[]> {
  const events: TrainingEvent[] = [];
  const findings = await read(path, (event) => events.push(event));
  const [problem] = findings.problems;
  if (problem !== undefined) throw wrong(path, `line ${problem.line} is no event: ${visible(problem.reason)}`);
  if (findings.torn && events.length === 0) throw wrong(path, "line 1 is no event");
  if (events.length === 0) throw wrong(path, "it is empty");
  const runs = new Set(events.map(({ runId }) => runId));
  if (runs.size > 1) throw wrong(path, `it has the events of ${runs.size} runs; expected one`);
  for (const newer of findings.newer) tell(`${path}: ${visible(newer)}; it is passed over`);
  return scriptOf(events);
}

/** Runs a check of the controls; what it throws becomes a fault of the file. */
export async function checkControls(path: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
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

async function read(path: string, onEvent: (event: TrainingEvent) => void): Promise<LogFindings> {
  try {
    // The user names it: a link is followed, which within a run's folder it isn't.
    const findings = await readLog(await realpath(path).catch(() => path), { onEvent });
    if (findings !== undefined) return findings;
  } catch (error) {
    throw unreadable(path, reasonOf((error as Error).cause), error);
  }
  throw unreadable(path, "it does not exist");
}

function unreadable(path: string, reason: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `can't read the controls in ${path}: ${reason}`, {
    hint: "Check the path that --controls names; it is taken from the working folder.",
    cause,
  });
}

function wrong(path: string, reason: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `can't take the controls from ${path}: ${reason}`, {
    hint: "Give --controls a run's events.jsonl, or what `trainscope train --reporter json` has printed.",
  });
}
