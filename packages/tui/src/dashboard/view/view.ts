// What a person has chosen to look at, and how. Plain data: nothing here changes the run.
import type { ChartChoices } from "../chart/choices.ts";
import type { Changeable } from "../model/changeable.ts";

export const TAB_NAMES = [
  "overview",
  "metrics",
  "weights",
  "classes",
  "samples",
  "log",
  "plugins",
  "help",
] as const;
export type TabName = (typeof TAB_NAMES)[number];

/** Settings being typed. */
export interface SettingsDialog {
  readonly kind: "settings";
  /** Whether they are for this run, or for a new one that goes on from here. */
  readonly purpose: "change" | "fork";
  /** The one that keys go to. */
  readonly field: Changeable;
  /** What was typed; a setting that is left alone has none. */
  readonly texts: Readonly<Partial<Record<Changeable, string>>>;
  /** What is wrong with the field's text. */
  readonly error: string | undefined;
}

/** Stop and save, stop now, or go on. */
export interface StopDialog {
  readonly kind: "stop";
}

/** An epoch of a replay being typed. */
export interface EpochDialog {
  readonly kind: "epoch";
  readonly text: string;
  /** What is wrong with it. */
  readonly error: string | undefined;
}

export type Dialog = StopDialog | SettingsDialog | EpochDialog;

export interface View {
  readonly tab: TabName;
  /** Where Esc leads back to from the help. */
  readonly back: TabName;
  readonly charts: ChartChoices;
  /** First row, or page, that is shown of a tab. The log has none as long as it follows the newest line. */
  readonly scroll: Readonly<Partial<Record<TabName, number>>>;
  readonly dialog: Dialog | undefined;
  /** What the last key did, where the screen doesn't show it otherwise. */
  readonly notice: string | undefined;
}

export const FIRST_VIEW: View = {
  tab: "overview",
  back: "overview",
  charts: { scale: "auto", smoothing: 0, window: undefined, crosshair: undefined },
  scroll: {},
  dialog: undefined,
  notice: undefined,
};
