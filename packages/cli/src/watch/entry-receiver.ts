// Whoever is told what a source holds.
import type { Entry } from "@trainscope/formats";

export interface EntryReceiver {
  entries(entries: readonly Entry[]): void;
  /** All that was told is void, for the reason given; the source is told anew. */
  restart(why: string): void;
}
