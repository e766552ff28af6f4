// Controls at places known beforehand: a run that was changed by hand, repeated.

import { CONTROL_ACTIONS } from "../control-actions.ts";
import { divideIntoBatches, imagesDone } from "../data/batching.ts";
import { TrainscopeError } from "../errors.ts";
import type { TrainingEvent } from "../events.ts";
import { checkLiveSetting, isLiveSetting, type TrainSettings } from "../settings/settings.ts";
import { describeValue } from "../text/describe-value.ts";
import { type Control, isSettingControl } from "./control.ts";

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

function comparePlaces(one: Place, other: Place): number {
  return one.epoch - other.epoch || one.batch - other.batch;
}

/**
 * The script in the order of its places. Throws `BAD_OPTION` for a value that is out of range, and for a place that a
 * run of these settings, changed by nothing but the script, does not come to.
 */
export function checkScript(
  script: readonly ScriptedControl[],
  settings: TrainSettings,
  images: number,
): readonly ScriptedControl[] {
  for (const entry of script) checkEntry(entry);
  const sorted = script.toSorted(comparePlaces);
  let { epochs, batchSize } = settings;
  let epoch = 0;
  let batching = divideIntoBatches(images, batchSize);
  let stopped: Place | undefined;
  for (const entry of sorted) {
    const { control, batch } = entry;
    const refuse = (reason: string): TrainscopeError =>
      new TrainscopeError("BAD_OPTION", `script: no ${control.action} ${describePlace(entry)}: ${reason}`, {
        hint: "Give the run the settings of the one that the script was taken from.",
      });
    if (stopped !== undefined) throw refuse(`the run is stopped ${describePlace(stopped)}`);
    if (entry.epoch > epochs) throw refuse(`the run has ${count(epochs, "epoch")}`);
    if (entry.epoch !== epoch) batching = divideIntoBatches(images, batchSize);
    epoch = entry.epoch;
    if (batch > batching.batches) throw refuse(`the epoch has ${count(batching.batches, "batch")}`);

    if (control.action === "stop") stopped = entry;
    else if (control.action === "batchSize") {
      batchSize = control.to;
      batching = divideIntoBatches(images, batchSize, imagesDone(batching, batch, images), batch);
    } else if (control.action === "epochs") {
      if (control.to < epoch) throw refuse(`it is ${control.to}; expected at least the present epoch`);
      epochs = control.to;
    }
  }
  return sorted;
}

/** What can be wrong with an entry by itself: a script may come from a file. */
function checkEntry({ epoch, batch, control }: ScriptedControl): void {
  const refuse = (what: string): TrainscopeError => new TrainscopeError("BAD_OPTION", `script: ${what}`);
  if (!Number.isSafeInteger(epoch) || epoch < 1) {
    throw refuse(`epoch is ${describeValue(epoch)}; expected a whole number of at least 1`);
  }
  if (!Number.isSafeInteger(batch) || batch < 0) {
    throw refuse(`batch is ${describeValue(batch)}; expected a whole number of at least 0`);
  }
  if (!CONTROL_ACTIONS.includes(control?.action)) {
    throw refuse(`action is ${describeValue(control?.action)}; expected one of ${CONTROL_ACTIONS.join(", ")}`);
  }
  if (!isSettingControl(control)) return;
  try {
    checkLiveSetting(control.action, control.to);
  } catch (thrown) {
    throw refuse(`${(thrown as Error).message}, ${describePlace({ epoch, batch })}`);
  }
}

function count(number: number, noun: "epoch" | "batch"): string {
  const plural = noun === "epoch" ? "epochs" : "batches";
  return `${number} ${number === 1 ? noun : plural}`;
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
