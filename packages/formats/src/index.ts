export type {
  BeginEntry,
  Entry,
  EventEntry,
  Field,
  FieldValue,
  Format,
  HistogramEntry,
  ImageEntry,
  Reader,
  ReaderOptions,
  RecordEntry,
  ScalarEntry,
  SettingsEntry,
  TextEntry,
} from "./format.ts";
export { FORMATS, formatNamed, HEAD_LENGTH, recogniseFormat } from "./formats.ts";
export { textEntry } from "./lines/text-entry.ts";
export type { Axis } from "./meaning/axis.ts";
export { Interpreter, type InterpreterOptions } from "./meaning/interpreter.ts";
export type { Meant, Point } from "./meaning/meant.ts";
export { type PlacedText, type RunTable, TableBuilder, tableRows } from "./meaning/run-table.ts";
export { type Ending, type WatchedEvent, WatchedRun } from "./meaning/watched-run.ts";
export { type EventFile, toEventFile } from "./out/event-file.ts";
export { toJsonLines } from "./out/json-lines.ts";
export { type RunEventsOptions, toRunEvents } from "./out/run-events.ts";
export { type FoundLog, findLogs, readHead } from "./source/find-logs.ts";
export type { FoundRun, RunFile } from "./source/group-runs.ts";
export {
  findRuns,
  logName,
  ofSplit,
  type ReadOptions,
  type ReadSource,
  readFileEntries,
  readRun,
  readSource,
  unreadFormat,
} from "./source/read-source.ts";
