// A run's events on disk: what writes them as they come, and what reads them whatever has happened to the file.
export { createEventLog } from "./event-log.ts";
export { plannedAfter } from "./planned-epochs.ts";
export { describeFindings, readLog, sizeBefore } from "./read-log.ts";
export { continueRunLog, createRunLog, type RunLog } from "./run-log.ts";
