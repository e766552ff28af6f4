// A replay on the dashboard: its events, the weights of the epoch that is shown, and what they answer to the images.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Checkpoint, inputCount, messageOf } from "@trainscope/core";
import type { Changeable } from "../dashboard/view/view.ts";
import { loadReporter } from "../reporters/report.ts";
import { listCheckpoints, readCheckpoint } from "../run-files/checkpoints.ts";
import type { StoredRun } from "../run-files/read-run.ts";
import { writeWhole } from "../run-folder.ts";
import { createEpochWeights } from "./epoch-weights.ts";
import { createExaminer, type Examiner } from "./examiner.ts";
import { parentOverlay } from "./parent-overlay.ts";
import { usualSpeed } from "./player.ts";
import { createReplay, type Replay } from "./replay.ts";
import { findRunData, type RunData } from "./run-data.ts";
import { createTimeline } from "./timeline.ts";

export interface ShowReplayOptions {
  readonly run: StoredRun;
  /** What is usual for a run of its length where it is left out. */
  readonly speed: number | undefined;
  readonly epoch: number | undefined;
  /** Where the run's images are looked for. */
  readonly data: string | undefined;
  /** Whether a new run can go on from this one. */
  readonly mayFork: boolean;
  /** Called with what leaves the replay. */
  readonly onOpen: (leave: () => void) => void;
}

/** What a new run is to go on from, and with which settings in place of those in force there. */
export interface AskedFork {
  readonly epoch: number;
  readonly settings: Partial<Record<Changeable, number>>;
}

/** Resolves when it has been left; gives the fork that was asked for, if that was why. */
export async function showReplay(options: ShowReplayOptions): Promise<AskedFork | undefined> {
  const { run, epoch, onOpen } = options;
  const [report, checkpoints, overlay] = await Promise.all([
    loadReporter("dashboard"),
    listCheckpoints(run.folder),
    parentOverlay(run),
  ]);
  const answers = createAnswers(run, options.data);
  const weights = createEpochWeights({
    checkpoints,
    read: readCheckpoint,
    onTrouble: warn,
    onCheckpoint: async (checkpoint, isStillAsked) => {
      replay.show({ type: "parameters", epoch: checkpoint.epoch, values: checkpoint.parameters });
      await answers.tell(replay, checkpoint, isStillAsked);
    },
  });
  const timeline = createTimeline(run.events);
  const speed = options.speed ?? usualSpeed(timeline);
  const replay = createReplay({ timeline, speed, epoch, onEpoch: weights.follow });
  let fork: AskedFork | undefined;
  const onFork = (settings: AskedFork["settings"]): void => {
    if (replay.epoch === 0) {
      warn("no epoch has ended yet that a new run could go on from");
      return;
    }
    fork = { epoch: replay.epoch, settings };
    replay.close();
  };
  onOpen(replay.close);
  const left = report(replay.events, {
    formats: new Map(),
    onControl: () => {},
    onInterrupt: () => {},
    onQuit: replay.close,
    source: replay.source,
    onReplay: replay.command,
    onFork: options.mayFork ? onFork : undefined,
    overlay,
    folder: run.folder,
    imageOf: answers.imageOf,
    savePicture: (name, content) => savePicture(run.folder, `replay-epoch-${replay.epoch}-${name}`, content),
  });
  // From now on the log shows what is printed.
  for (const problem of run.problems) warn(problem);
  try {
    await left;
  } finally {
    await answers.close();
  }
  return fork;
}

function warn(text: string): void {
  console.warn(`trainscope: ${text}`);
}

function tellDetails(data: RunData): RunData {
  if ("lacking" in data && data.details !== undefined) warn(data.details);
  return data;
}

/** The answers of a checkpoint's model to the run's images. */
interface Answers {
  tell(replay: Replay, checkpoint: Checkpoint, isStillAsked: () => boolean): Promise<void>;
  /** Only of use after an answer was told. */
  readonly imageOf: (index: number) => Uint8Array;
  close(): Promise<void>;
}

/** The data set is looked for when the first checkpoint is shown: a replay opens at once. */
function createAnswers(run: StoredRun, choice: string | undefined): Answers {
  let finding: Promise<RunData> | undefined;
  let found: RunData | undefined;
  let examiner: Examiner | undefined;
  const dataset = () => (found !== undefined && "dataset" in found ? found.dataset : undefined);
  return {
    async tell(replay, checkpoint, isStillAsked) {
      try {
        finding ??= findRunData(run.record, choice).then(tellDetails);
        found = await finding;
        if ("lacking" in found) return replay.lack(found.lacking);
        examiner ??= createExaminer(found.dataset);
        const examination = await examiner.examine(checkpoint, isStillAsked);
        if (examination === undefined || !isStillAsked()) return;
        const { epoch } = checkpoint;
        const { time = 0, seq = 0, runId = run.runId } = replay.newest ?? {};
        replay.show({
          v: 1,
          seq,
          runId,
          time,
          type: "examination",
          epoch,
          split: "validation",
          ...examination,
        });
      } catch (error) {
        replay.lack(`the answers to the images can't be computed: ${messageOf(error)}`);
      }
    },
    imageOf(index) {
      const data = dataset();
      if (data === undefined) return new Uint8Array();
      const inputs = inputCount(data.shape);
      return data.validation.images.subarray(index * inputs, (index + 1) * inputs);
    },
    close: async () => await examiner?.close(),
  };
}

/** Among the run's artifacts; gives its path. */
async function savePicture(folder: string, name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, "artifacts", name);
  await mkdir(join(folder, "artifacts"), { recursive: true });
  await writeWhole(path, content);
  return path;
}
