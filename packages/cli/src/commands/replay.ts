// `trainscope replay`: plays what a run has logged, through the reporters that a run itself has.
import { RUN_NAMES } from "@trainscope/runs/choices";
import { chooseReporter, REPORTERS } from "@trainscope/tui/choose-reporter";
import { type Command, Option } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import { addModuleFlags } from "../flags/train-flags.ts";
import { filled, nonNegativeInteger, positiveNumber } from "../input/parsers.ts";
import type { ReplayFlags } from "../replay/run-replay.ts";
import { refuseForSweep } from "./sweep/refuse-flags.ts";

export function addReplayCommand(program: Command, end: (status: ExitStatus) => void): void {
  addModuleFlags(program.command("replay"))
    .description("Play what a run has logged as if it were going on: through the dashboard, or as lines.")
    .argument("<run>", RUN_NAMES, filled)
    .option("--out <folder>", "where runs were written", filled, "runs")
    .option(
      "--speed <factor>",
      "seconds of the run in one of the replay (default: 10, less for a run of seconds)",
      positiveNumber,
    )
    .option(
      "--epoch <number>",
      "begin at the end of this epoch, or at this step, paused; lines end there",
      nonNegativeInteger,
    )
    .option(
      "--data <where>",
      "the images it was trained on: sample, cifar10, or a folder, archive or file of images",
      filled,
    )
    .addOption(
      new Option("--reporter <kind>", "default: dashboard on a terminal, else lines").choices(REPORTERS),
    )
    .action(async (named: string, _: ReplayFlags, self: Command) =>
      end(await replayNamed(named, self.optsWithGlobals())),
    );
}

async function replayNamed(named: string, flags: ReplayFlags): Promise<ExitStatus> {
  const reporter = chooseReporter(flags.reporter);
  const { sweptRuns } = await import("../input/swept-runs.ts");
  if ((await sweptRuns(named)) === undefined) {
    const { replayRun } = await import("../replay/run-replay.ts");
    return await replayRun(named, reporter, flags);
  }
  refuseForSweep(named, { "--epoch": flags.epoch, "--data": flags.data });
  return await (await import("./sweep/watch-sweep.ts")).replaySweep(named, { reporter, speed: flags.speed });
}
