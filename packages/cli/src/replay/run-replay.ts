// Plays what a run has logged, through the reporters that a run itself has.
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { createSourceStore } from "@trainscope/core/source";
import { findRun, readRun, type StoredRun } from "@trainscope/runs";
import { LOG_FILE } from "@trainscope/runs/files";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import { loadReporter, Summary } from "@trainscope/tui/reporters";
import { from, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { watchInterrupts } from "../interrupts.ts";
import { createFailureStacks } from "../training/failure-stacks.ts";
import { type ModuleFlags, moduleFlags } from "../training/modules.ts";
import { formatsOf, loadShownMetrics, loadShownModules } from "../training/run-formats.ts";
import { showReplay } from "./show-replay.ts";
import { createTimeline, placeOfEpoch, type Timeline } from "./timeline.ts";

export interface ReplayFlags extends ModuleFlags {
  readonly out: string;
  readonly speed?: number;
  readonly epoch?: number;
  readonly data?: string;
  readonly reporter?: Reporter;
  readonly verbose?: boolean;
}

export async function replayRun(named: string, reporter: Reporter, flags: ReplayFlags): Promise<ExitStatus> {
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
    mayFork: run.record !== undefined,
    stacks: createFailureStacks(reporter, verbose),
    onOpen,
  }).finally(interrupts.close);
  if (fork !== undefined) {
    const { startFork } = await import("../training/run-fork.ts");
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
