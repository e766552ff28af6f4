// Controls at places known beforehand: a run that was changed by hand, repeated.

import { requireArgument } from "../errors.ts";
import type { TrainingEvent } from "../events.ts";
import { isLiveSetting } from "../settings/settings.ts";
import type { Control } from "./control.ts";

/** A boundary: after `batch` batches of `epoch`. After the last of them means after the epoch's end. */
export interface Place {
  /** 1-based. */
  readonly epoch: number;
  readonly batch: number;
}

/** A control, and where in the run it is applied. */
export interface ScriptedControl extends Place {
  readonly control: Control;
}

/**
 * The controls that made a run what it was, for another run of the same settings to repeat: changed settings and the
 * stop. Pauses, steps, checkpoints and exports, which change no result, are left out.
 */
export function scriptOf(events: readonly TrainingEvent[]): ScriptedControl[] {
  requireArgument("scriptOf", "events", events, "a list");
  return events.flatMap((event): ScriptedControl[] => {
    if (event.type !== "control") return [];
    const { action, to, epoch, batch } = event;
    if (action === "stop") return [{ epoch, batch, control: { action } }];
    return isLiveSetting(action) && typeof to === "number" ? [{ epoch, batch, control: { action, to } }] : [];
  });
}

/** "in epoch 3, after batch 12" */
export function describePlace({ epoch, batch }: Place): string {
  return batch === 0 ? `at the start of epoch ${epoch}` : `in epoch ${epoch}, after batch ${batch}`;
}

export function comparePlaces(one: Place, other: Place): number {
  return one.epoch - other.epoch || one.batch - other.batch;
}

/** A script as a run goes through it. */
export interface ScriptReader {
  /** The controls of this place, in their order; what was passed by without a stop there goes to `onMissed`. */
  take(place: Place, onMissed: (missed: ScriptedControl) => void): readonly Control[];
  /** The next boundary of the epoch at which something is to be applied, if there is one. */
  nextBatch(epoch: number): number | undefined;
  /** What is left of it. */
  rest(): readonly ScriptedControl[];
}

/** `script` in the order of its places. */
export function readScript(script: readonly ScriptedControl[]): ScriptReader {
  let next = 0;
  return {
    take(place, onMissed) {
      const controls: Control[] = [];
      for (let entry = script[next]; entry !== undefined; entry = script[next]) {
        const order = comparePlaces(entry, place);
        if (order > 0) break;
        if (order < 0) onMissed(entry);
        else controls.push(entry.control);
        next++;
      }
      return controls;
    },
    nextBatch(epoch) {
      const entry = script[next];
      return entry?.epoch === epoch ? entry.batch : undefined;
    },
    rest: () => script.slice(next),
  };
}
