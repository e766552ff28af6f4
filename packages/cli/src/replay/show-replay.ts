// A replay on the dashboard: its events, the weights of the epoch that is shown, and what they answer to the images.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { AnyMetric, Dataset, TrainscopeConfig } from "@trainscope/core";
import type { StoredRun } from "@trainscope/runs";
import { listCheckpoints, readCheckpoint } from "@trainscope/runs/checkpoints";
import { writeWhole } from "@trainscope/runs/files";
import { tell } from "@trainscope/tui/output";
import type { Changeable } from "@trainscope/tui/reporters";
import { loadReporter } from "@trainscope/tui/reporters";
import { tap } from "rxjs";
import type { FailureStacks } from "../training/failure-stacks.ts";
import { parentOverlay } from "../training/parent-overlay.ts";
import { loadRecordedData, requireSameData } from "../training/recorded-data.ts";
import { formatsOf } from "../training/run-formats.ts";
import { createCheckpointEvaluation } from "./checkpoint-evaluation.ts";
import { createEpochWeights } from "./epoch-weights.ts";
import { usualSpeed } from "./player.ts";
import { createRebuiltCheckpoints } from "./rebuilt-checkpoints.ts";
import { Replay } from "./replay.ts";
import { findRunData, type RunData } from "./run-data.ts";
import type { Timeline } from "./timeline.ts";

export interface ShowReplayOptions {
  readonly run: StoredRun;
  readonly timeline: Timeline;
  /** The run's own; `undefined` where they aren't at hand. */
  readonly metrics: readonly AnyMetric[] | undefined;
  /** What is usual for a run of its length where it is left out. */
  readonly speed: number | undefined;
  readonly epoch: number | undefined;
  /** Where the run's images are looked for. */
  readonly data: string | undefined;
  /** The `data` of the run's configuration, where that is at hand. */
  readonly configured: TrainscopeConfig["data"];
  /** Whether a new run can go on from this one. */
  readonly mayFork: boolean;
  /** The stacks of what plugins threw, in the run or where it is trained again. */
  readonly stacks: FailureStacks;
  /** Called with what leaves the replay. */
  readonly onOpen: (leave: () => void) => void;
}

/** What a new run is to go on from, and with which settings in place of those in force there. */
export interface AskedFork {
  readonly epoch: number;
  readonly settings: Partial<Record<Changeable, number>>;
}

/**
 * Resolves when it has been left; gives the fork that was asked for, if that was why. Throws `DATA_NOT_FOUND` or
 * `BAD_DATA` where the images that were named aren't the run's.
 */
export async function showReplay(options: ShowReplayOptions): Promise<AskedFork | undefined> {
  const { run, metrics, epoch, stacks, onOpen } = options;
  const [report, checkpoints, overlay, named] = await Promise.all([
    loadReporter("dashboard"),
    listCheckpoints(run.folder),
    parentOverlay(run),
    loadNamedData(run, options.data),
  ]);
  const findData = dataFinder(options, named);
  const evaluation = createCheckpointEvaluation(run.runId, findData);
  const weights = createEpochWeights({
    checkpoints,
    read: readCheckpoint,
    rebuilt: createRebuiltCheckpoints({
      run,
      checkpoints,
      onMaking: (epoch) => replay.make(epoch),
      onEvent: stacks.take,
      onOtherMeans: (changes) =>
        warn(
          `weights that are trained again may differ from the run's in the last digits: ${changes.join("; ")}`,
        ),
      async findMeans() {
        const data = await findData();
        return metrics && "dataset" in data ? { dataset: data.dataset, metrics } : undefined;
      },
    }),
    onTrouble: warn,
    onCheckpoint: async (checkpoint, isStillAsked) => {
      replay.show({ type: "parameters", epoch: checkpoint.epoch, values: checkpoint.parameters });
      await evaluation.show(replay, checkpoint, isStillAsked);
    },
  });
  const { timeline } = options;
  const speed = options.speed ?? usualSpeed(timeline);
  const replay = new Replay({ timeline, speed, epoch, onEpoch: weights.follow });
  let fork: AskedFork | undefined;
  const onFork = (settings: AskedFork["settings"]): void => {
    if (replay.epoch === 0) {
      warn("no epoch has ended yet that a new run could go on from");
      return;
    }
    fork = { epoch: replay.epoch, settings };
    replay.close();
  };
  const close = (): void => replay.close();
  onOpen(close);
  const left = report(replay.events.pipe(tap(stacks.take)), {
    formats: formatsOf(metrics ?? []),
    onControl: () => {},
    onQuit: close,
    source: replay.source,
    onReplay: (command) => replay.command(command),
    onFork: options.mayFork ? onFork : undefined,
    overlay,
    folder: run.folder,
    imageOf: evaluation.imageOf,
    savePicture: (name, content) => savePicture(run.folder, `replay-epoch-${replay.epoch}-${name}`, content),
  });
  // From now on the log shows what is printed.
  for (const problem of run.problems) warn(problem);
  try {
    await left;
  } finally {
    weights.close();
    await evaluation.close();
    stacks.close();
  }
  return fork;
}

/** Looks for the run's images when it is first asked, and once. */
function dataFinder(
  { run, configured, stacks }: ShowReplayOptions,
  named: Dataset | undefined,
): () => Promise<RunData> {
  const find = async (): Promise<RunData> => {
    if (named !== undefined) return { dataset: named };
    const data = await findRunData(run.record, configured);
    if ("details" in data && data.details !== undefined) warn(data.details);
    if ("stack" in data) stacks.add("the run's data", data.stack);
    return data;
  };
  let finding: Promise<RunData> | undefined;
  return () => {
    finding ??= find();
    return finding;
  };
}

async function loadNamedData({ record }: StoredRun, data: string | undefined): Promise<Dataset | undefined> {
  if (record === undefined || data === undefined) return undefined;
  const dataset = await loadRecordedData(record, data);
  requireSameData(record, dataset);
  return dataset;
}

function warn(text: string): void {
  tell(text);
}

/** Among the run's artifacts; gives its path. */
async function savePicture(folder: string, name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, "artifacts", name);
  await mkdir(join(folder, "artifacts"), { recursive: true });
  await writeWhole(path, content);
  return path;
}
