import type { StageName } from "./events.ts";
import type { Trial, TrialResult } from "./trial.ts";

/** Trains the trials of one stage. */
export type TrainTrials = (trials: readonly Trial[]) => Promise<readonly TrialResult[]>;

/** Does one stage: tells its start and its end, with what came of it in a sentence. */
export type Stage = <Result>(
  name: StageName,
  body: () => Promise<Result>,
  describe: (result: Result) => string,
) => Promise<Result>;
