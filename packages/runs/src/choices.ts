// What flags and their help need to know of runs. It loads nothing, so that help is there at once.
export { WANTED, type Wanted } from "./export/wanted.ts";
export { LATEST, RUN_NAMES } from "./listing/run-names.ts";
export { RUN_STATES, type RunState } from "./listing/run-state.ts";
export {
  type DataPart,
  ENGINES,
  type EngineName,
  LABEL_KINDS,
  type LabelKind,
  TRAIN_ONS,
  type TrainOn,
} from "./record/recorded-choices.ts";
