// What the process that trains a run and those that watch it say to each other: JSON, an object a line.

import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";

export const PROTOCOL_VERSION = 1;

/** In the run's folder. */
export const SOCKET_FILE = "control.sock";

export type FromRun =
  /** The first line. */
  | { readonly hello: typeof PROTOCOL_VERSION }
  | { readonly event: TrainingEvent }
  /** Of the control of the run, to the one viewer that has it from now on. */
  | { readonly granted: true }
  /** Why what the viewer sent was not done, as a clause. */
  | { readonly refused: string };

export type FromViewer =
  /** Asks to be the one that may control the run. */
  { readonly claim: true } | { readonly control: Control };
