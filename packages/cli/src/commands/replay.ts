// `trainscope replay`: plays what a run has logged, through the reporters that a run itself has.

import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { createSourceStore } from "@trainscope/core/source";
import { findRun, RUN_NAMES, readRun, type StoredRun } from "@trainscope/runs";
import { LOG_FILE } from "@trainscope/runs/files";
import { chooseReporter, REPORTERS, type Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import { loadReporter, Summary } from "@trainscope/tui/reporters";
import { type Command, Option } from "commander";
import { from, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { addModuleFlags } from "../flags/train-flags.ts";
import { filled, nonNegativeInteger, positiveNumber } from "../input/parsers.ts";
import { sweptRuns } from "../input/swept-runs.ts";
import { watchInterrupts } from "../interrupts.ts";
import { type AskedFork, showReplay } from "../replay/show-replay.ts";
import { createTimeline, placeOfEpoch, type Timeline } from "../replay/timeline.ts";
import { createFailureStacks } from "../training/failure-stacks.ts";
import { type ModuleFlags, moduleFlags } from "../training/modules.ts";
import { formatsOf, loadShownMetrics, loadShownModules } from "../training/run-formats.ts";
import { refuseForSweep } from "./sweep/refuse-flags.ts";

/** Makes a new run that goes on from where `run` (its folder) stood, and sees it through. */
export type StartFork = (
  fork: AskedFork & ModuleFlags & { readonly run: string; readonly verbose?: boolean | undefined },
) => Promise<ExitStatus>;

interface ReplayFlags extends ModuleFlags {
  readonly out: string;
  readonly speed?: number;
  readonly epoch?: number;
  readonly data?: string;
  readonly reporter?: Reporter;
  readonly verbose?: boolean;
}

/** Without `startFork` a replay offers no fork. */
export function addReplayCommand(
  program: Command,
  end: (status: ExitStatus) => void,
  startFork?: StartFork,
): void {
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
      end(await runReplay(named, self.optsWithGlobals(), startFork)),
    );
}

async function runReplay(
  named: string,
  flags: ReplayFlags,
  startFork: StartFork | undefined,
): Promise<ExitStatus> {
  const reporter = chooseReporter(flags.reporter);
  if ((await sweptRuns(named)) !== undefined) {
    refuseForSweep(named, { "--epoch": flags.epoch, "--data": flags.data });
    return await (await import("./sweep/watch-sweep.ts")).replaySweep(named, { reporter, speed: flags.speed });
  }
  const run = await readRun(await findRun(flags.out, named));
  if (run.events.length === 0) {
    throw new TrainscopeError("BAD_DATA", `${run.folder} has no event to play: ${emptiness(run)}`, {
      hint: "trainscope runs lists what became of each run.",
    });
  }
  run.problems.forEach(tellNote);
  const timeline = createTimeline(run.events);
  if (flags.epoch !== undefined) requireEpoch(run, timeline, flags.epoch);
  if (reporter !== "dashboard") return await tellAtOnce(run, timeline, reporter, flags);

  const { speed, epoch, data, verbose } = flags;
  const notes: string[] = [];
  const modules = await loadShownModules(run, flags, (note) => notes.push(note));
  let leave = (): void => {};
  const interrupts = watchInterrupts({ onFirst: () => leave(), onSecond: () => leave() });
  const mayFork = startFork !== undefined && run.record !== undefined;
  const onOpen = (close: () => void): void => {
    leave = close;
  };
  const fork = await showReplay({
    run: { ...run, problems: [...run.problems, ...notes] },
    timeline,
    metrics: modules?.metrics,
    configured: modules?.config.data,
    speed,
    epoch,
    data,
    mayFork,
    stacks: createFailureStacks(reporter, verbose),
    onOpen,
  }).finally(interrupts.close);
  if (fork !== undefined && startFork !== undefined) {
    return await startFork({ run: run.folder, ...moduleFlags(flags), verbose, ...fork });
  }
  return interrupts.count > 0 ? ExitStatus.interrupted : ExitStatus.done;
}

/** Where nobody watches there is nothing to wait for. */
async function tellAtOnce(
  run: StoredRun,
  timeline: Timeline,
  reporter: Exclude<Reporter, "dashboard">,
  flags: ReplayFlags,
): Promise<ExitStatus> {
  const { epoch } = flags;
  const report = await loadReporter(reporter);
  const end = epoch === undefined ? run.events.length : placeOfEpoch(timeline, epoch);
  const metrics = reporter === "json" ? [] : await loadShownMetrics(run, flags, tellNote);
  const formats = formatsOf(metrics ?? []);
  const summary = new Summary();
  const stacks = createFailureStacks(reporter, flags.verbose);
  const events = from(run.events.slice(0, end)).pipe(
    tap((event) => summary.add(event)),
    tap(stacks.take),
  );
  await report(events, {
    formats,
    source: createSourceStore({ kind: "replay", playing: false, speed: 1, epoch: 0, lastEpoch: 0 }),
    onControl: () => {},
    onQuit: () => {},
    folder: run.folder,
  });
  // Nothing where it doesn't come to the run's end.
  if (reporter !== "json") print(...summary.lines(formats, join(run.folder, LOG_FILE)));
  return ExitStatus.done;
}

function tellNote(note: string): void {
  tell(note);
}

/** Throws `BAD_OPTION`. The start is epoch 0. */
function requireEpoch({ folder }: StoredRun, { epochs, axis }: Timeline, epoch: number): void {
  if (epoch === 0 || epochs.some((one) => one.epoch === epoch)) return;
  // Steps are told of now and then, and parts of an epoch: the newest before it is shown.
  const isPointed = axis === "step" || epochs.some((one) => !Number.isInteger(one.epoch));
  if (isPointed && epoch <= (epochs.at(-1)?.epoch ?? 0)) return;
  const [first, last] = [epochs[0]?.epoch, epochs.at(-1)?.epoch];
  const there = first === undefined ? "it has finished none" : `its log has ${first} to ${last}`;
  throw new TrainscopeError("BAD_OPTION", `${folder} has no ${axis} ${epoch}: ${there}`, {
    hint: "Name one of those with --epoch, or 0 for the start.",
  });
}

function emptiness({ problems }: StoredRun): string {
  return problems.length > 0 ? problems.join("; ") : "it ended before its first one was written";
}
