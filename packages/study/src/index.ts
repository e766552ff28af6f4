// Conducts the study: plan, trials, where they are kept, and the events that tell of it.
export { createStudyAnnouncer, type EmitStudyEvent } from "./stages/announcer.ts";
export { type OptionalData, type StudyData, studyDataOf } from "./stages/data.ts";
export type {
  StageInfo,
  StageName,
  StudyEvent,
  StudyEventBody,
  StudyNoticeEvent,
  StudyPart,
  StudyStartEvent,
  TrialEndEvent,
} from "./stages/events.ts";
export { STUDY_EVENT_VERSION } from "./stages/events.ts";
export { type PlannedStage, plannedStages, type StudyScope, withShares } from "./stages/stages.ts";
export { runStudy } from "./stages/study.ts";
export type { StudyOptions } from "./stages/study-options.ts";
export type { StudyTrial, StudyTrialRecord, StudyTrialResult, TrialData, TrialStage } from "./stages/trial.ts";
export { type TrialSize, trialWork } from "./stages/trial-work.ts";
