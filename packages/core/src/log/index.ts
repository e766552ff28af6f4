// A run's log read back, a line or the whole, whatever has happened to it.
export {
  createEventLogParser,
  type EventLogParser,
  type LogFindings,
  type LogProblem,
} from "./event-log-parser.ts";
export { type ParsedEvent, parseEvent, parseEventLine } from "./parse-event.ts";
export { type EventLog, readEventLog } from "./read-event-log.ts";
