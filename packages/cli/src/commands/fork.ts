// `trainscope fork`: a new run that goes on from another's checkpoint with other settings.

import { dirname } from "node:path";
import type { TrainSettings } from "@trainscope/core/settings";
import { RUN_NAMES } from "@trainscope/runs";
import { chooseReporter, type Reporter } from "@trainscope/tui/choose-reporter";
import type { Command } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import type { CheckpointFlags } from "../flags/checkpoint-policy.ts";
import { addRunFlags, addSettingFlags } from "../flags/train-flags.ts";
import { filled, positiveInteger } from "../input/parsers.ts";
import type { NotifyFlags } from "../notify/notifier.ts";
import { type ForkFlags, prepareForkedRun } from "../training/forked-run.ts";
import { type ModuleFlags, moduleFlags } from "../training/modules.ts";
import { trainRun } from "../training/train-run.ts";

export function addForkCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program
    .command("fork")
    .description("Start a new run from where another stood, with other settings. The other stays as it is.")
    .argument("<run>", RUN_NAMES, filled)
    .option("--epoch <number>", "begin after this epoch (default: where it stands)", positiveInteger);
  addRunFlags(addSettingFlags(command)).action(async (named: string, _: ForkFlags, self: Command) =>
    end(await runFork(named, self.optsWithGlobals())),
  );
}

/** A fork that was asked for with a key. */
export interface StartedFork extends CheckpointFlags, Partial<ModuleFlags>, Partial<NotifyFlags> {
  /** The folder of the run that it goes on from. */
  readonly run: string;
  readonly epoch?: number;
  readonly settings: Partial<TrainSettings>;
  readonly reporter?: Reporter;
  readonly verbose?: boolean | undefined;
}

export async function startFork({ run, ...asked }: StartedFork): Promise<ExitStatus> {
  return await runFork(run, { out: dirname(run), plugin: [], metrics: [], pictures: true, ...asked });
}

async function runFork(named: string, flags: ForkFlags): Promise<ExitStatus> {
  const reporter = chooseReporter(flags.reporter);
  const run = await prepareForkedRun(named, flags);
  const { status, fork } = await trainRun(run, reporter, flags);
  const { notify = [], verbose } = flags;
  return fork === undefined
    ? status
    : await startFork({ ...fork, ...moduleFlags(flags), reporter, notify, verbose });
}
