// Which checkpoints a run leaves: as its command says now, else as the run began, else the usual.
import type { CheckpointPolicy } from "@trainscope/runs/record";

export const USUAL_CHECKPOINTS: CheckpointPolicy = { every: 10, keep: 5 };

/** What the command line may say. */
export interface CheckpointFlags {
  readonly checkpointEvery?: number;
  readonly keepCheckpoints?: number;
}

/** `recorded` is the run's own, or its parent's; earlier versions recorded none. */
export function chooseCheckpoints(flags: CheckpointFlags, recorded?: CheckpointPolicy): CheckpointPolicy {
  const { every, keep } = { ...USUAL_CHECKPOINTS, ...recorded };
  return { every: flags.checkpointEvery ?? every, keep: flags.keepCheckpoints ?? keep };
}

export function checkpointFlags({ every, keep }: CheckpointPolicy): Required<CheckpointFlags> {
  return { checkpointEvery: every, keepCheckpoints: keep };
}
