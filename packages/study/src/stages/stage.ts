import type { StageName } from "./events.ts";
import type { SweptTrials } from "./sweep-trials.ts";
import type { StudyTrial } from "./trial.ts";

/** Trains the trials of one stage. */
export type Sweep = (trials: readonly StudyTrial[]) => Promise<SweptTrials>;

/** Does one stage: tells its start and its end, with what came of it in a sentence. */
export type Stage = <Result>(
  name: StageName,
  body: () => Promise<Result>,
  describe: (result: Result) => string,
) => Promise<Result>;
