// What a watcher may ask of a run. Each is applied between two batches, or between two epochs, and answered with a
// control event; of several of one kind that come between two such places the newest counts. After the last batch of the
// last epoch a pause, a step or a stop finds nothing to change, and is not answered; more epochs still go on from there.
// While the run's end is being written no control is answered.
import { isLiveSetting, type LiveSetting } from "../settings/settings.ts";

/** What changes how the run goes on. */
export type ModeControl =
  /** Wait before the next batch. */
  | { readonly action: "pause" }
  | { readonly action: "resume" }
  /** Go on to the end of an epoch, or of one batch, then pause. An epoch where `unit` is left out. */
  | { readonly action: "step"; readonly unit?: "batch" | "epoch" }
  /** End the run here: evaluate, write what there is to write, and finish. */
  | { readonly action: "stop" };

/** A setting, from the next batch on. What is out of range is answered with an alert, and changes nothing. */
export interface SettingControl {
  readonly action: LiveSetting;
  readonly to: number;
}

/** What is carried out at once, however the run stands. */
export type Request =
  | SettingControl
  /** Save the parameters as they are now. */
  | { readonly action: "checkpoint" }
  /** Exporters write what they have now. */
  | { readonly action: "export" };

/**
 * What a run may be asked for while it goes on. Applied between two batches, and answered with a `control` event.
 */
export type Control = ModeControl | Request;

export function isModeControl(control: Control): control is ModeControl {
  const { action } = control;
  return action === "pause" || action === "resume" || action === "step" || action === "stop";
}

export function isSettingControl(control: Control): control is SettingControl {
  return isLiveSetting(control.action);
}
