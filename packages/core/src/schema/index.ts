// What is made of data from outside: the schemas of events and controls, and what other packages make their own of.
export { type Checked, CLAUSE, checkJson, checkShape, parseJson } from "./check-shape.ts";
export { CONTROL_SCHEMA, SCRIPT_SCHEMA } from "./control-schema.ts";
export { EVENT_SCHEMAS } from "./event-schemas.ts";
export { BOOLEAN, COUNT, listOf, METRIC_VALUES, NUMBER, oneOf, RUN_ID, STRING, shapeOf } from "./kinds.ts";
