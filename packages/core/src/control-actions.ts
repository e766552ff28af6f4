// What may be asked of a run, by name: for controls, for the events that tell of them, and for their schemas.

/** All that a `Control` may ask for. */
export const CONTROL_ACTIONS = [
  "pause",
  "resume",
  "step",
  "learningRate",
  "lambda",
  "batchSize",
  "epochs",
  "checkpoint",
  "export",
  "stop",
] as const;

/** One of `CONTROL_ACTIONS`. */
export type ControlAction = (typeof CONTROL_ACTIONS)[number];
