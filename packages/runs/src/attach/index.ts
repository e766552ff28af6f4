export { type AttachedRun, attachToRun, type Outcome } from "./attached-run.ts";
export { toldOnce } from "./told-once.ts";
