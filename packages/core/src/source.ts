// Where the events that are shown come from, and what may be asked of whoever they come from.

import type { Axis, TrainingEvent } from "./events.ts";
import type { ModelParameters } from "./model/linear.ts";
import type { Pixels } from "./pixels.ts";

/** How a process that trains was last heard of. */
export type ProcessState = "alive" | "silent" | "died" | "ended";

/** Where the events come from that a viewer shows. */
export type Source =
  /** This process trains. */
  | { readonly kind: "training" }
  /** A log that is played. */
  | {
      readonly kind: "replay";
      /** What the run counts; epochs where it is left out. */
      readonly axis?: Axis;
      readonly playing: boolean;
      /** Seconds of the run in one of the replay. */
      readonly speed: number;
      /** The newest that has been played to its end, 0 before the first; and the last there is. */
      readonly epoch: number;
      readonly lastEpoch: number;
      /** Why the answers to the images can't be shown, as a clause; left out where they can. */
      readonly lacking?: string | undefined;
      /** The epoch that is being trained again, as it left no checkpoint; left out where none is. */
      readonly making?: number | undefined;
    }
  /** Another process trains. */
  | {
      readonly kind: "attached";
      /** Whether what is asked for here reaches it. */
      readonly mayControl: boolean;
      readonly processState: ProcessState;
      /** Milliseconds since 1970. */
      readonly lastHeartbeat: number | undefined;
    }
  /** Lines that another program prints. */
  | {
      readonly kind: "watched";
      readonly name: string;
      /** Whether the program has ended; how its run did, it may not have said. */
      readonly hasEnded?: boolean;
      /** It was started here, and ends with a signal from here. */
      readonly isOurs?: boolean;
      /** Whether its loop can be asked for things; left out where nobody wanted to. */
      readonly mayControl?: boolean;
    };

/** Whether more may come of what the run tells. */
export function mayTellMore(source: Source, hasRunEnded: boolean): boolean {
  switch (source.kind) {
    case "training":
      return !hasRunEnded;
    case "replay":
      return source.epoch < source.lastEpoch;
    case "attached":
      return !hasRunEnded && (source.processState === "alive" || source.processState === "silent");
    case "watched":
      return source.hasEnded !== true;
  }
}

/** Whether a program runs that was started here, so that leaving it is a question. */
export function isOurProgram(source: Source): boolean {
  return source.kind === "watched" && source.isOurs === true && source.hasEnded !== true;
}

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
  | { readonly type: "parameters"; readonly epoch: number; readonly values: ModelParameters }
  | Drawing;

/** What another program drew at a step, by its tag; a newer one takes its place. */
export type Drawing = { readonly type: "drawing"; readonly tag: string; readonly step: number } & (
  | { readonly pixels: Pixels }
  /** How values are spread over bins: `edges` has one more than `counts`. */
  | { readonly edges: readonly number[]; readonly counts: readonly number[] }
);

/** What a key asks of a replay. */
export type ReplayCommand =
  | { readonly action: "toggle" }
  /** To the end of an epoch so many further on, or back. */
  | { readonly action: "epochs"; readonly by: number }
  /** To the end of that epoch; 0 is the start. */
  | { readonly action: "epoch"; readonly epoch: number }
  /** The next faster speed, or the next slower. */
  | { readonly action: "speed"; readonly by: 1 | -1 };

/** This process trains: what is shown where nothing else is said. */
export const TRAINING: SourceStore = { snapshot: () => TRAINING_HERE, subscribe: () => () => {} };
const TRAINING_HERE: Source = { kind: "training" };

/** A source that whoever feeds the screen changes. */
export function createSourceStore<Kind extends Source>(
  first: Kind,
): SourceStore & { readonly set: (source: Kind) => void } {
  let source = first;
  const listeners = new Set<() => void>();
  return {
    snapshot: () => source,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    set(next) {
      source = next;
      for (const listener of listeners) listener();
    },
  };
}

/** Whether it is one of the run's own, which every reporter tells. */
export function isTrainingEvent(event: ShownEvent): event is TrainingEvent {
  return event.type !== "restart" && event.type !== "parameters" && event.type !== "drawing";
}
