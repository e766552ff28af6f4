// One training of a sweep or a study: its plan, what it came to, what it is kept under, and how it is trained.
export { type TrainTrialOptions, type TrialCheckpoints, trainTrial } from "./train-trial.ts";
export type { TemplateFrame, Trial, TrialRecord, TrialResult } from "./trial.ts";
export { type TrialStore, type TrialSurroundings, trialKey } from "./trial-store.ts";
