// Where the events on the screen come from, and what may be asked of whoever they come from.
import type { Parameters, TrainingEvent } from "@trainscope/core";

/** How a process that trains was last heard of. */
export type Sign = "alive" | "silent" | "died" | "ended";

export type Source =
  /** This process trains. */
  | { readonly kind: "training" }
  /** A log that is played. */
  | {
      readonly kind: "replay";
      readonly playing: boolean;
      /** Seconds of the run in one of the replay. */
      readonly speed: number;
      /** The newest that has been played to its end, 0 before the first; and the last there is. */
      readonly epoch: number;
      readonly lastEpoch: number;
    }
  /** Another process trains. */
  | {
      readonly kind: "attached";
      /** Whether what is asked for here reaches it. */
      readonly mayControl: boolean;
      readonly sign: Sign;
      /** Milliseconds since 1970. */
      readonly lastSign: number | undefined;
    }
  /** Lines that another program prints. */
  | { readonly kind: "watched"; readonly name: string };

/** A source as it changes. */
export interface SourceStore {
  readonly snapshot: () => Source;
  /** Calls back after each change; gives what ends that. */
  readonly subscribe: (onChange: () => void) => () => void;
}

/** What a source shows beside the run's own events. */
export type ShownEvent =
  | TrainingEvent
  /** All that was shown is forgotten; the run is told anew, to another place. */
  | { readonly type: "restart" }
  /** The model after an epoch, from a checkpoint. Not changed any more. */
  | { readonly type: "parameters"; readonly epoch: number; readonly values: Parameters };

/** What a key asks of a replay. */
export type ReplayCommand =
  | { readonly action: "toggle" }
  /** To the end of an epoch so many further on, or back. */
  | { readonly action: "epochs"; readonly by: number }
  /** To the end of that epoch; 0 is the start. */
  | { readonly action: "epoch"; readonly epoch: number }
  /** The next faster speed, or the next slower. */
  | { readonly action: "speed"; readonly by: 1 | -1 };
