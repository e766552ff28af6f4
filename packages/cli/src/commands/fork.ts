// `trainscope fork`: a new run that goes on from another's checkpoint with other settings.
import { RUN_NAMES } from "@trainscope/runs/choices";
import type { Command } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import { addRunFlags, addSettingFlags } from "../flags/train-flags.ts";
import { filled, positiveInteger } from "../input/parsers.ts";
import type { ForkFlags } from "../training/forked-run.ts";

export function addForkCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program
    .command("fork")
    .description("Start a new run from where another stood, with other settings. The other stays as it is.")
    .argument("<run>", RUN_NAMES, filled)
    .option("--epoch <number>", "begin after this epoch (default: where it stands)", positiveInteger);
  addRunFlags(addSettingFlags(command)).action(async (named: string, _: ForkFlags, self: Command) => {
    const { runFork } = await import("../training/run-fork.ts");
    end(await runFork(named, self.optsWithGlobals()));
  });
}
