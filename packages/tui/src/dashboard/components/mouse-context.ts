// Where the mouse is heard of: nowhere, unless the dashboard has a terminal that sends it.
import { createContext } from "react";
import type { MouseEvent } from "../terminal/input.ts";

export interface Mouse {
  /** Calls back at each event, until the function it gives is called. */
  subscribe(onMouse: (event: MouseEvent) => void): () => void;
}

export const MouseContext = createContext<Mouse | undefined>(undefined);
