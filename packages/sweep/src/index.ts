export { type Importance, settingImportance } from "./importance/importance.ts";
export { type RankedCandidate, rankCandidates } from "./ranking.ts";
export { type IssuedJob, runSweep, type SweepOptions } from "./run-sweep.ts";
export {
  type Choice,
  type Condition,
  type Dimension,
  type Point,
  pointKey,
  type Range,
  type SearchSpace,
  type SettingValue,
} from "./space.ts";
export { gridPoints, gridSize, gridStrategy } from "./strategies/grid.ts";
export { type HalvingOptions, halvingStrategy, rungsOf } from "./strategies/halving.ts";
export { randomStrategy } from "./strategies/random.ts";
export { tpeStrategy } from "./strategies/tpe.ts";
export type { Job, Score, SearchLimits, Strategy, SweepState } from "./strategy.ts";
export {
  createTaskPool,
  type Perform,
  type PerformOptions,
  type TaskProgress,
  type TaskQueue,
  type TaskWatcher,
} from "./task-queue.ts";
