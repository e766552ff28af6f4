import type { StageName } from "./events.ts";
import type { SweptTrials, TrialSweep } from "./sweep-trials.ts";

/** Trains the trials of one stage. */
export type Sweep = (sweep: TrialSweep) => Promise<SweptTrials>;

/** Does one stage: tells its start and its end, with what came of it in a sentence. */
export type Stage = <Result>(
  name: StageName,
  body: () => Promise<Result>,
  describe: (result: Result) => string,
) => Promise<Result>;
