export { chooseCheckpoint, placeOf } from "./choose-checkpoint.ts";
export { csvOf, epochHeader, epochRow, planEpochsTable } from "./epochs-table.ts";
export { encodeParameters, type ParametersFormat, type ParametersSource } from "./parameters-file.ts";
export { readModel } from "./read-model.ts";
export type { Wanted } from "./wanted.ts";
