// `trainscope runs`: what runs there are, and what became of them.
import type { Command } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { filled } from "../input/parsers.ts";
import { describeRuns } from "../run-files/describe-runs.ts";
import { listRuns } from "../run-files/list-runs.ts";

interface RunsFlags {
  readonly out: string;
  readonly json?: boolean;
}

export function addRunsCommand(program: Command, end: (status: ExitStatus) => void): void {
  program
    .command("runs")
    .description("List the runs on disk, the newest first, and what became of them.")
    .option("--out <folder>", "where runs were written", filled, "runs")
    .option("--json", "print one array of JSON")
    .action(async ({ out, json }: RunsFlags) => {
      const runs = await listRuns(out);
      process.stdout.write(json ? `${JSON.stringify(runs, null, 2)}\n` : describeRuns(runs, out));
      end(ExitStatus.done);
    });
}
