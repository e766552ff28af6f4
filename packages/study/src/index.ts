// Conducts the study: plan, trials, where they are kept, and the events that tell of it.
export { createStudyAnnouncer, type EmitStudyEvent } from "./conduct/announcer.ts";
export { type OptionalData, type StudyData, studyDataOf } from "./conduct/data.ts";
export type {
  StageInfo,
  StageName,
  StudyEvent,
  StudyEventBody,
  StudyNoticeEvent,
  StudyPart,
  StudyStartEvent,
  TrialEndEvent,
} from "./conduct/events.ts";
export { STUDY_EVENT_VERSION } from "./conduct/events.ts";
export { type PlannedStage, plannedStages, type StudyScope, withShares } from "./conduct/stages.ts";
export { conductStudy } from "./conduct/study.ts";
export type { StudyOptions } from "./conduct/study-options.ts";
export type { StudyTrial, StudyTrialRecord, StudyTrialResult, TrialData, TrialStage } from "./conduct/trial.ts";
export { type TrialSize, trialWork } from "./conduct/trial-work.ts";
