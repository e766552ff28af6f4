// What a run has left in its folder, without what may differ from one process to the next: to compare it with a run that
// was left alone.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { TrainingEvent } from "@trainscope/core/events";
import { readEventLog } from "@trainscope/core/log";
import { expect } from "vitest";

export interface Outcome {
  readonly events: readonly object[];
  /** In no order: one exporter doesn't wait for another. */
  readonly pictures: readonly string[];
  readonly files: readonly (readonly [string, string])[];
  readonly newest: string | undefined;
}

/** What a run came to, but for times, and what was told of checkpoints and slow plugins. Fails where the log isn't whole. */
export function outcomeOf(folder: string): Outcome {
  const { events, problems, torn } = readEventLog(readFileSync(join(folder, "events.jsonl"), "utf8"));
  expect([problems, torn]).toEqual([[], false]);
  expect(events.map(({ seq }) => seq)).toEqual(
    [...new Set(events.map(({ seq }) => seq))].sort((a, b) => a - b),
  );
  const artifacts = join(folder, "artifacts");
  // A run without pictures has none.
  const files = existsSync(artifacts) ? readdirSync(artifacts).sort() : [];
  expect([files, checkpointsOf(folder)].flat().filter((name) => name.endsWith(".tmp"))).toEqual([]);
  const newest = checkpointsOf(folder).at(-1);
  return {
    events: events.filter(isOutcome).map(withoutTimes),
    pictures: events.flatMap((event) => (event.type === "artifact" ? [basename(event.path)] : [])).sort(),
    files: files.map((name) => [name, readFileSync(join(artifacts, name), "latin1")]),
    newest: newest && tensorsOf(join(folder, "checkpoints", newest)),
  };
}

/** Names, the oldest first; those that the run didn't go on from left out. */
export function checkpointsOf(folder: string): readonly string[] {
  return readdirSync(join(folder, "checkpoints"))
    .filter((name) => !name.startsWith("unused-"))
    .sort();
}

const APART: readonly string[] = ["checkpoint", "run:resume", "artifact"];

function isOutcome(event: TrainingEvent): boolean {
  const isOfItsTime = event.type === "alert" && ["checkpoint", "slow"].includes(event.code);
  return !isOfItsTime && !APART.includes(event.type);
}

function withoutTimes(event: TrainingEvent): object {
  const text = JSON.stringify(event, (_, value) =>
    typeof value === "string" ? value.replaceAll(event.runId, "") : value,
  );
  return { ...JSON.parse(text), seq: 0, time: 0, timing: 0, plugins: 0 };
}

/** The bytes behind the header of a safetensors file. */
function tensorsOf(path: string): string {
  const bytes = readFileSync(path);
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE())).toString("latin1");
}
