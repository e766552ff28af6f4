// Shows in a replay what a checkpoint's model predicts of the run's images or, where they are not at hand, why it does not.
import { type Checkpoint, inputCount } from "@trainscope/core";
import { messageOf } from "@trainscope/core/errors";
import { type CheckpointEvaluator, createCheckpointEvaluator } from "./checkpoint-evaluator.ts";
import type { Replay } from "./replay.ts";
import type { RunData } from "./run-data.ts";

export interface CheckpointEvaluation {
  show(replay: Replay, checkpoint: Checkpoint, isStillAsked: () => boolean): Promise<void>;
  /** Only of use once an evaluation has been shown. */
  readonly imageOf: (index: number) => Uint8Array;
  close(): Promise<void>;
}

/** `findData` is first asked when a checkpoint is shown: a replay opens at once. */
export function createCheckpointEvaluation(
  runId: string,
  findData: () => Promise<RunData>,
): CheckpointEvaluation {
  let found: RunData | undefined;
  let evaluator: CheckpointEvaluator | undefined;
  const dataset = () => (found !== undefined && "dataset" in found ? found.dataset : undefined);
  return {
    async show(replay, checkpoint, isStillAsked) {
      try {
        found = await findData();
        if ("lacking" in found) return replay.lack(found.lacking);
        evaluator ??= createCheckpointEvaluator(found.dataset);
        const details = await evaluator.evaluate(checkpoint, isStillAsked);
        if (details === undefined || !isStillAsked()) return;
        const { time = 0, seq = 0 } = replay.newest ?? {};
        const header = { v: 1, seq, runId, time, type: "examination" } as const;
        replay.show({ ...header, epoch: checkpoint.epoch, split: "validation", ...details });
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
    close: async () => await evaluator?.close(),
  };
}
