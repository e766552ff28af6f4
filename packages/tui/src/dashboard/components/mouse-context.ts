// Where the mouse is heard of: nowhere, unless the dashboard has a terminal that sends it.
import { createContext } from "react";
import type { Mouse } from "../terminal/mouse.ts";

export const MouseContext = createContext<Mouse | undefined>(undefined);
