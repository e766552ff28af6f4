import type { MouseEvent } from "./input.ts";

/** Where the mouse of a terminal is heard of. */
export interface Mouse {
  /** Calls back at each event, until the function it gives is called. */
  subscribe(onMouse: (event: MouseEvent) => void): () => void;
}
