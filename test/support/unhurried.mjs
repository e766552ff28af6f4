// Loaded before the command: it computes a fifth of the time and rests for the remainder, so that a run that a test only
// looks at leaves the cores to others.
import { isMainThread } from "node:worker_threads";

const COMPUTING_MS = 5;
const RESTING_MS = 20;

if (isMainThread) {
  const never = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.wait(never, 0, 0, RESTING_MS), COMPUTING_MS).unref();
}
