// The curves of a run, gathered from its events: their points, ranges and best values.

export { metricTag } from "../metrics/metric.ts";
export { ownerOf } from "../metrics/metric-result.ts";
export {
  appendValues,
  type BestValue,
  bestOf,
  createHistory,
  firstX,
  type History,
  historyOf,
  indexFrom,
  isBetter,
  newestX,
  type Series,
} from "./history.ts";
export { valueRange } from "./value-range.ts";
export { axisOf, isValuesEvent, type ValuesEvent, xOf } from "./values-event.ts";
