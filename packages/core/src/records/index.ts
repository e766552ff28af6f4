// Plain objects of numbers, as a training loop of anybody's logs them, and what their names say.

export { isEvent, RecordEvents, type RecordEventsOptions, type ValuesRecord } from "./record-events.ts";
export { withMetricsOf } from "./undeclared-metrics.ts";
