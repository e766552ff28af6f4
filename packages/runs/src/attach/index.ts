export { type AttachedRun, attachToRun, type Outcome } from "./attached-run.ts";
export { withoutRepeats } from "./without-repeats.ts";
