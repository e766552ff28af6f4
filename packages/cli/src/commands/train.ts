// `trainscope train`: a new run, or one that goes on.

import { chooseReporter } from "@trainscope/tui/choose-reporter";
import type { Command } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import { addRunFlags, addSettingFlags, type TrainFlags } from "../flags/train-flags.ts";
import { filled } from "../input/parsers.ts";
import type { PreparedRun } from "../training/prepared-run.ts";

const EXAMPLES = `
Examples:
  trainscope train --data sample --epochs 10
  trainscope train --eta 0.01 --lambda 0 --schedule step:10:0.1 --metrics f1,ece
  trainscope train --keep best --patience 5 --monitor validation/accuracy
  trainscope train --resume latest
  trainscope train --reporter json | tee events.jsonl`;

export function addTrainCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program.command("train").description("Train a linear classifier and watch it.");
  addRunFlags(addSettingFlags(command))
    .option(
      "--controls <file>",
      "repeat the changes of an earlier run: its events.jsonl, or what --reporter json printed of it",
      filled,
    )
    .option(
      "--resume <run>",
      "go on with a run that was stopped or died: its folder, id or name, or latest",
      filled,
    )
    .addHelpText("after", EXAMPLES)
    .action(async (_: TrainFlags, self: Command) => end(await runTrain(self.optsWithGlobals())));
}

async function runTrain(flags: TrainFlags): Promise<ExitStatus> {
  const { resume } = flags;
  const reporter = chooseReporter(flags.reporter);
  // A wrong flag is told before all of training is loaded.
  const [{ trainRun }, run] = await Promise.all([
    import("../training/train-run.ts"),
    resume === undefined ? prepareNew(flags) : prepareResumed(resume, flags),
  ]);
  const { status, fork } = await trainRun(run, reporter, flags);
  if (fork === undefined) return status;
  const [{ startFork }, { moduleFlags }] = await Promise.all([
    import("../training/run-fork.ts"),
    import("../training/modules.ts"),
  ]);
  const { notify = [], verbose } = flags;
  return await startFork({ ...fork, ...moduleFlags(flags), reporter, notify, verbose });
}

async function prepareNew(flags: TrainFlags): Promise<PreparedRun> {
  const { prepareNewRun } = await import("../training/new-run.ts");
  return await prepareNewRun(flags);
}

async function prepareResumed(run: string, flags: TrainFlags): Promise<PreparedRun> {
  const { prepareResumedRun } = await import("../training/resumed-run.ts");
  return await prepareResumedRun(run, flags);
}
