// What a run goes on with: the engine that has computed it so far.
import type { TrainingEvent } from "@trainscope/core/events";
import { ENGINES, type EngineName } from "@trainscope/runs/choices";
import type { RunRecord } from "@trainscope/runs/record";

export interface RunEngine {
  readonly engine: EngineName;
  readonly threads?: number;
}

/** What was asked for, or what served in its place, as the run's first event says. */
export function engineOf(
  record: Pick<RunRecord, "engine" | "threads">,
  start: TrainingEvent | undefined,
): RunEngine {
  const computed = start?.type === "run:start" ? start.environment?.engine : undefined;
  const engine = ENGINES.find((name) => name === computed) ?? record.engine;
  const { threads } = record;
  return { engine, ...(engine === record.engine && threads !== null && { threads }) };
}
