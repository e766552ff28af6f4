export type { Histogram, Picture, TensorBoardEvent, TensorBoardValue } from "./event.ts";
export { EventFileReader, type EventReceiver, eventFileName, eventRecord, fileHeader } from "./event-file.ts";
