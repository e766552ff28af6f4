// Controls that have come in since a run looked last. Whatever is sent, and however fast, there are never more than one of
// each request and two changes of mode: the newest count.
import { type Control, isModeControl, type ModeControl } from "./control.ts";

export interface ControlQueue {
  add(control: Control): void;
  /** Removes the oldest and gives it. */
  take(): Control | undefined;
}

/** With two, a pause that is taken back at once is still seen to begin and to end. */
const MOST_MODES = 2;

export function createControlQueue(): ControlQueue {
  const waiting: Control[] = [];

  function addMode(control: ModeControl): void {
    const modes = waiting.filter(isModeControl);
    const newest = modes.at(-1);
    if (newest !== undefined && isSame(newest, control)) return;
    const [oldest] = modes;
    if (oldest !== undefined && modes.length >= MOST_MODES) waiting.splice(waiting.indexOf(oldest), 1);
    waiting.push(control);
  }

  return {
    add(control) {
      // Nothing follows a stop.
      if (waiting.some(({ action }) => action === "stop")) return;
      if (isModeControl(control)) return addMode(control);
      const older = waiting.findIndex(({ action }) => action === control.action);
      if (older >= 0) waiting.splice(older, 1);
      waiting.push(control);
    },
    take: () => waiting.shift(),
  };
}

function isSame(one: ModeControl, other: ModeControl): boolean {
  const unitOf = (control: ModeControl) => (control.action === "step" ? (control.unit ?? "epoch") : undefined);
  return one.action === other.action && unitOf(one) === unitOf(other);
}
