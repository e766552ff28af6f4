export { createCheckpointStore } from "./run-files/checkpoint-store.ts";
export {
  listCheckpoints,
  readCheckpoint,
  type StoredCheckpoint,
  setAsideLater,
  UNUSED,
} from "./run-files/checkpoints.ts";
export { createRun, type NewRun, recordRun, type WrittenRun } from "./run-files/create-run.ts";
export { createEventLog } from "./run-files/event-log.ts";
export { exclusively, isLocked } from "./run-files/exclusively.ts";
export { LOG_FILE, RECORD_FILE, SOURCE_FILE, SWEEP_FILE } from "./run-files/file-names.ts";
export { fits, parseSettingFilter } from "./run-files/filter-runs.ts";
export { findRun, isRunFolder, LATEST, RUN_NAMES, runsIn, withName } from "./run-files/find-run.ts";
export { type FollowedFile, followFile } from "./run-files/followed-file.ts";
export { type KnownRuns, readKnownRuns } from "./run-files/known-runs.ts";
export { readLabel, updateLabel, writeLabel } from "./run-files/label.ts";
export { LABEL_FILE, type Label, NO_LABEL } from "./run-files/label-file.ts";
export { createLineSplitter } from "./run-files/line-splitter.ts";
export { listRuns } from "./run-files/list-runs.ts";
export { makeFolders } from "./run-files/make-folders.ts";
export { plannedAfter } from "./run-files/planned-epochs.ts";
export { describeFindings, readLog, sizeBefore } from "./run-files/read-log.ts";
export { readFirstEvent, readRun, readRunFiles, type StoredRun } from "./run-files/read-run.ts";
export { isMissing, openRegular, readSmallFile } from "./run-files/regular-file.ts";
export { checkRemovable, removeRun, sweepRemoved } from "./run-files/remove-run.ts";
export { continueRunLog, createRunLog, type RunLog } from "./run-files/run-log.ts";
export {
  type CheckpointPolicy,
  createRunRecord,
  describeData,
  digest,
  type RunModules,
  type RunRecord,
} from "./run-files/run-record.ts";
export { RUN_STATES, type RunState, stateInWords, stateOfSign } from "./run-files/run-state.ts";
export type { RunSummary } from "./run-files/run-summary.ts";
export {
  beginSession,
  type LastKnownState,
  readLiveness,
  SESSIONS_FOLDER,
  type Session,
} from "./run-files/session.ts";
export { differingSettings, settingWords } from "./run-files/setting-words.ts";
export { SOURCE_RECORD_VERSION, type SourceRecord } from "./run-files/source-record.ts";
export { isSweptRun } from "./run-files/swept-run.ts";
export {
  CHECKPOINTS_FOLDER,
  createRunFolder,
  makeNamedFolder,
  openRunFolder,
  type RunFolder,
  reasonOf,
  writeNamed,
  writeWhole,
} from "./run-folder.ts";
