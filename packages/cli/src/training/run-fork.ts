// A new run that goes on from another's checkpoint with other settings, and those that it is asked for in turn.
import { dirname } from "node:path";
import type { TrainSettings } from "@trainscope/core/settings";
import { chooseReporter, type Reporter } from "@trainscope/tui/choose-reporter";
import type { ExitStatus } from "../exit-status.ts";
import type { CheckpointFlags } from "../flags/checkpoint-policy.ts";
import type { NotifyFlags } from "../notify/notify-flag.ts";
import { type ForkFlags, prepareForkedRun } from "./forked-run.ts";
import { type ModuleFlags, moduleFlags } from "./modules.ts";
import { trainRun } from "./train-run.ts";

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

/** A new run that goes on from the checkpoint of the one that is named. */
export async function runFork(named: string, flags: ForkFlags): Promise<ExitStatus> {
  const reporter = chooseReporter(flags.reporter);
  const run = await prepareForkedRun(named, flags);
  const { status, fork } = await trainRun(run, reporter, flags);
  const { notify = [], verbose } = flags;
  return fork === undefined
    ? status
    : await startFork({ ...fork, ...moduleFlags(flags), reporter, notify, verbose });
}
