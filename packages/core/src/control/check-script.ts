// Whether a run comes to the places of a script.
import { CONTROL_ACTIONS } from "../control-actions.ts";
import { divideIntoBatches, imagesDone } from "../data/batching.ts";
import { TrainscopeError } from "../errors.ts";
import { checkLiveSetting, type TrainSettings } from "../settings/settings.ts";
import { describeValue } from "../text/describe-value.ts";
import { isSettingControl } from "./control.ts";
import { comparePlaces, describePlace, type Place, type ScriptedControl } from "./script.ts";

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
