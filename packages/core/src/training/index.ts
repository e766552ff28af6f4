// The parts of the trainer, for programs that continue, repeat and watch over runs.

export type { ModeControl, SettingControl } from "../control/control.ts";
export type { Place } from "../control/script.ts";
export { CONTROL_ACTIONS, type ControlAction } from "../control-actions.ts";
export { checkEngine, mergeScripts } from "./continued.ts";
export { type CurveAdviser, createCurveAdviser } from "./curve-adviser.ts";
export { decisivePart, environmentOf } from "./environment.ts";
export { environmentChanges } from "./environment-changes.ts";
export {
  collectEvaluationDetails,
  type EvaluationDetails,
  type EvaluationDetailsCollector,
} from "./evaluation-details.ts";
export { EventStream } from "./event-stream.ts";
export { type Resumption, type RunHistory, rebuildHistory } from "./run-history.ts";
export { createRunId } from "./run-id.ts";
