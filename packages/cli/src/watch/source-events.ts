// One of several sources that are watched side by side.
import type { ShownEvent } from "@trainscope/core/source";
import type { Observable } from "rxjs";

export interface SourceEvents {
  /** What it is called, and no other. */
  readonly name: string;
  readonly events: Observable<ShownEvent>;
  /** It has an end, as what is piped in: until that, somebody writes. */
  readonly hasEnd: boolean;
}

/** What comes within this time after a source was opened was in it before, and is what it is named for. */
export const OPENED_MS = 3000;
