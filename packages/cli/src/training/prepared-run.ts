// A run that is ready to be trained: all that can be wrong with the input has been found, and nothing was made yet.
import type { Dataset, EngineFactory, SaveCheckpoint, TrainOptions } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import type { RunFolder } from "@trainscope/runs/files";
import type { RunLog } from "@trainscope/runs/log";
import type { CheckpointPolicy } from "@trainscope/runs/record";
import type { Overlay } from "@trainscope/tui/reporters";

/** Where a run leaves what it has to leave. */
export interface OpenRun {
  readonly runId: string;
  readonly folder: RunFolder;
  readonly log: RunLog;
  readonly saveCheckpoint: SaveCheckpoint;
  /** Waits for what is being written; nothing is written any more then. */
  close(): Promise<ClosedRun>;
}

export interface ClosedRun {
  /** Why the log lacks the end of the run, where it does. */
  readonly lacking: string | undefined;
  /** Whether anything is left on the disk. */
  readonly isLeft: boolean;
}

export interface OpenOptions {
  /** The log can't be written, and why. Called once. */
  readonly onTrouble: (reason: string) => void;
  /** Another process has taken the run over. */
  readonly onTaken: () => void;
}

export interface PreparedRun {
  readonly options: Pick<TrainOptions, "settings" | "metrics" | "exporters" | "script" | "resume" | "fork"> & {
    readonly dataset: Dataset;
  };
  readonly engine: EngineFactory;
  readonly checkpoints: CheckpointPolicy;
  /** Said to the user before it starts. */
  readonly notices: readonly string[];
  /** What it has told before it was continued. */
  readonly past: readonly TrainingEvent[];
  /** Of the run that it was forked from. */
  readonly overlay: Overlay | undefined;
  open(options: OpenOptions): Promise<OpenRun>;
}
