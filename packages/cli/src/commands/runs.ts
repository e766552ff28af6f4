// `trainscope runs`: what runs there are, and what became of them.

import { fits, listRuns, parseSettingFilter, RUN_STATES, type RunState } from "@trainscope/runs";
import { columnsOf, print, printJson } from "@trainscope/tui/output";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { collect, filled } from "../input/parsers.ts";
import { describeRuns } from "./describe-runs.ts";
import { addImportCommand } from "./runs-import.ts";
import { addLabelCommands } from "./runs-label.ts";
import { addRemoveCommand } from "./runs-remove.ts";

interface RunsFlags {
  readonly out: string;
  readonly json?: boolean;
  readonly state: readonly RunState[];
  readonly tag: readonly string[];
  readonly data?: string;
  readonly setting: readonly string[];
}

export function addRunsCommand(program: Command, end: (status: ExitStatus) => void): void {
  const runs = program
    .command("runs")
    .description(
      "List the runs on disk, the newest first, and what became of them; import, tag, rename or remove them.",
    )
    .option("--out <folder>", "where runs were written", filled, "runs")
    .addOption(
      new Option("--state <state...>", "only runs of one of these states")
        .choices(RUN_STATES)
        .default([], "all"),
    )
    .option("--tag <tag>", "only runs with this tag; may be repeated", collect, [])
    .option("--data <words>", "only runs on data with this in its name")
    .option(
      "--setting <name=value>",
      "only runs with this setting, like lambda=0.1; may be repeated",
      collect,
      [],
    )
    .option("--json", "print one array of JSON")
    .action(async (flags: RunsFlags) => {
      await showRuns(flags);
      end(ExitStatus.done);
    });
  addImportCommand(runs, end);
  addLabelCommands(runs, end);
  addRemoveCommand(runs, end);
}

async function showRuns({ out, json, state, tag, data, setting }: RunsFlags): Promise<void> {
  const filter = { states: state, tags: tag, data, settings: setting.map(parseSettingFilter) };
  const all = await listRuns(out);
  const runs = all.filter((run) => fits(run, filter));
  if (json) printJson(runs, 2);
  else if (all.length === 0) print(`No runs in ${out}.`);
  else if (runs.length === 0) print(`None of the runs in ${out} fits (${all.length} in all).`);
  else print(...describeRuns(runs, columnsOf("stdout")));
}
