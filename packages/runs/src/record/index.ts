// What was written down of a run when it began: settings, data, modules, or the source that it was watched from.
export {
  type CheckpointPolicy,
  createRunRecord,
  describeData,
  digest,
  type RunModules,
  type RunRecord,
} from "./run-record.ts";
export { differingSettings, settingWords } from "./setting-words.ts";
export { SOURCE_RECORD_VERSION, type SourceRecord } from "./source-record.ts";
