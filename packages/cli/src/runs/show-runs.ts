// What runs there are, and what became of them.
import { fits, listRuns, parseSettingFilter } from "@trainscope/runs";
import type { RunState } from "@trainscope/runs/choices";
import { columnsOf, print, printJson } from "@trainscope/tui/output";
import { describeRuns } from "./describe-runs.ts";

export interface RunsFlags {
  readonly out: string;
  readonly json?: boolean;
  readonly state: readonly RunState[];
  readonly tag: readonly string[];
  readonly data?: string;
  readonly setting: readonly string[];
}

export async function showRuns({ out, json, state, tag, data, setting }: RunsFlags): Promise<void> {
  const filter = { states: state, tags: tag, data, settings: setting.map(parseSettingFilter) };
  const all = await listRuns(out);
  const runs = all.filter((run) => fits(run, filter));
  if (json) printJson(runs, 2);
  else if (all.length === 0) print(`No runs in ${out}.`);
  else if (runs.length === 0) print(`None of the runs in ${out} fits (${all.length} in all).`);
  else print(...describeRuns(runs, columnsOf("stdout")));
}
