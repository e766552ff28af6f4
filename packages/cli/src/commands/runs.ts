// `trainscope runs`: what runs there are, and what became of them.
import { RUN_STATES } from "@trainscope/runs/choices";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { collect, filled } from "../input/parsers.ts";
import type { RunsFlags } from "../runs/show-runs.ts";
import { addImportCommand } from "./runs-import.ts";
import { addLabelCommands } from "./runs-label.ts";
import { addRemoveCommand } from "./runs-remove.ts";

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
      await (await import("../runs/show-runs.ts")).showRuns(flags);
      end(ExitStatus.done);
    });
  addImportCommand(runs, end);
  addLabelCommands(runs, end);
  addRemoveCommand(runs, end);
}
