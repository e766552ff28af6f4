// What a key or a click asks for, whatever the key was.

import type { ChartChoices } from "../chart/choices.ts";
import type { Changeable } from "../model/changeable.ts";
import type { TabName } from "./view.ts";

/** Of what is looked at, and how. */
export type ViewCommand =
  | { readonly kind: "tab"; readonly tab: TabName }
  | { readonly kind: "next-tab"; readonly by: 1 | -1 }
  /** The help, or back from it. */
  | { readonly kind: "help" }
  | { readonly kind: "escape" }
  /** By rows or by pages, as the tab has it; down where it is positive. */
  | { readonly kind: "scroll"; readonly by: number }
  /** By as many rows as are shown. */
  | { readonly kind: "page"; readonly by: 1 | -1 }
  | { readonly kind: "charts"; readonly choices: Partial<ChartChoices> }
  /** The next way to draw the axis, the next smoothing. */
  | { readonly kind: "axis" }
  | { readonly kind: "smoothing" }
  | { readonly kind: "crosshair" }
  /** In where it is positive. */
  | { readonly kind: "zoom"; readonly by: 1 | -1 }
  /** The crosshair where there is one, else the epochs that are shown. */
  | { readonly kind: "across"; readonly by: number }
  | { readonly kind: "edge"; readonly edge: "first" | "last" }
  /** The whole run, without a crosshair. */
  | { readonly kind: "whole" }
  /** Opens the settings at a field. */
  | { readonly kind: "edit"; readonly field: Changeable }
  /** The same, for a new run that goes on from here. */
  | { readonly kind: "fork" };

/** Of a replay. */
export type PlayCommand =
  | { readonly kind: "play-epochs"; readonly by: number }
  | { readonly kind: "play-speed"; readonly by: 1 | -1 }
  /** Asks which epoch. */
  | { readonly kind: "play-at" };

/** Of the run. */
export type RunCommand =
  | { readonly kind: "toggle" }
  | { readonly kind: "step"; readonly unit: "batch" | "epoch" }
  | { readonly kind: "undo" }
  | { readonly kind: "checkpoint" }
  | { readonly kind: "export" }
  | { readonly kind: "picture" }
  /** Asks what is meant. */
  | { readonly kind: "stop" }
  | { readonly kind: "quit" }
  /** Ctrl-C. */
  | { readonly kind: "interrupt" };

/** Of the dialog that is open. */
export type DialogCommand =
  | { readonly kind: "field"; readonly by: 1 | -1 }
  | { readonly kind: "type"; readonly character: string }
  | { readonly kind: "erase" }
  | { readonly kind: "apply" }
  | { readonly kind: "answer"; readonly answer: StopAnswer };

export type StopAnswer = "save" | "now" | "go on";

export type Command = ViewCommand | RunCommand | PlayCommand | DialogCommand;
