// What a checkpoint's model answers to the run's images, for a replay to show; where they are not at hand, why.
import { type Checkpoint, inputCount } from "@trainscope/core";
import { messageOf } from "@trainscope/core/errors";
import { createExaminer, type Examiner } from "./examiner.ts";
import type { Replay } from "./replay.ts";
import type { RunData } from "./run-data.ts";

export interface Answers {
  tell(replay: Replay, checkpoint: Checkpoint, isStillAsked: () => boolean): Promise<void>;
  /** Only of use after an answer was told. */
  readonly imageOf: (index: number) => Uint8Array;
  close(): Promise<void>;
}

/** `findData` is first asked when a checkpoint is shown: a replay opens at once. */
export function createAnswers(runId: string, findData: () => Promise<RunData>): Answers {
  let found: RunData | undefined;
  let examiner: Examiner | undefined;
  const dataset = () => (found !== undefined && "dataset" in found ? found.dataset : undefined);
  return {
    async tell(replay, checkpoint, isStillAsked) {
      try {
        found = await findData();
        if ("lacking" in found) return replay.lack(found.lacking);
        examiner ??= createExaminer(found.dataset);
        const examination = await examiner.examine(checkpoint, isStillAsked);
        if (examination === undefined || !isStillAsked()) return;
        const { time = 0, seq = 0 } = replay.newest ?? {};
        const header = { v: 1, seq, runId, time, type: "examination" } as const;
        replay.show({ ...header, epoch: checkpoint.epoch, split: "validation", ...examination });
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
