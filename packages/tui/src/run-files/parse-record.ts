// run.json read back.
import { messageOf, resolveSettings } from "@trainscope/core";
import { RUN_RECORD_VERSION, type RunRecord } from "./run-record.ts";

/** The record, or what is wrong with it as a clause. */
export function parseRecord(text: string): RunRecord | string {
  let value: Partial<RunRecord> | null;
  try {
    value = JSON.parse(text) as Partial<RunRecord> | null;
  } catch (error) {
    return `it is no JSON: ${messageOf(error)}`;
  }
  if (typeof value !== "object" || value === null) return "it is no object";
  if (value.v !== RUN_RECORD_VERSION) {
    return `v is ${JSON.stringify(value.v) ?? "missing"}; expected ${RUN_RECORD_VERSION}`;
  }
  const { runId, startedAt, settings, data, modules, script = [], parent = null } = value;
  if (typeof runId !== "string") return "it has no runId";
  if (typeof startedAt !== "string" || Number.isNaN(Date.parse(startedAt))) return "startedAt is no time";
  if (typeof data !== "object" || typeof data?.name !== "string") return "it has no data";
  if (typeof settings !== "object" || settings === null) return "it has no settings";
  try {
    return {
      ...(value as RunRecord),
      settings: resolveSettings(settings),
      // Earlier versions didn't tell.
      data: { ...data, source: data.source ?? "", trainOn: data.trainOn ?? "batch1" },
      modules: { config: null, plugins: [], pictures: true, ...modules },
      script,
      parent,
    };
  } catch (error) {
    return `of its settings, ${messageOf(error)}`;
  }
}
