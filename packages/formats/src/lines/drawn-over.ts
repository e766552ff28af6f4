// Of a line that a program draws over, as bars do: whether what stood there was a place of its own.
import { hasCountedBar } from "../text/blank-out.ts";

const EPOCH = /\bep(?:och)?\W{0,3}(\d{1,9})/i;
const DONE = /(\d{1,9})\/(\d{1,9})/;

/** Whether the state of a line is a place of its own, and not only on the way to the next. */
export function isPlace(state: string, next: string): boolean {
  return beginsAnew(state, next) || (hasCountedBar(state) && DONE.exec(state)?.[1] !== DONE.exec(next)?.[1]);
}

/** Whether a line that is drawn over begins with another epoch, or with less of the same, so that the last was an end. */
function beginsAnew(last: string, next: string): boolean {
  const epochs = [EPOCH.exec(last)?.[1], EPOCH.exec(next)?.[1]];
  if (epochs[0] !== undefined && epochs[1] !== undefined && epochs[0] !== epochs[1]) return true;
  const [before, after] = [DONE.exec(last), DONE.exec(next)];
  // What is drawn over a bar is no state of it.
  if (before === null || after === null) return before === null && !last.includes("%|");
  return before[2] !== after[2] || Number(after[1]) < Number(before[1]);
}
