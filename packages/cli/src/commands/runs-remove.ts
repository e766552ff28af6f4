// `trainscope runs remove`: removes runs for good, after asking.
import type { Command } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import { filled } from "../input/parsers.ts";
import type { RemoveFlags } from "../runs/remove-runs.ts";

export function addRemoveCommand(runs: Command, end: (status: ExitStatus) => void): void {
  runs
    .command("remove")
    .description("Remove runs, with their logs, checkpoints and pictures, for good.")
    .argument("<run...>", "folders, ids, their beginnings or ends, names, or latest")
    .option("--out <folder>", "where runs were written", filled, "runs")
    .option("--yes", "don't ask")
    .action(async (named: readonly string[], _, command: Command) => {
      const { removeRuns } = await import("../runs/remove-runs.ts");
      end(await removeRuns(named, command.optsWithGlobals<RemoveFlags>()));
    });
}
