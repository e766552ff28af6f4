// Where panels are placed: the terminal's screen where there is one, else they are printed by Ink.
import { createContext } from "react";
import type { Surface } from "../terminal/surface.ts";

export const SurfaceContext = createContext<Surface | undefined>(undefined);
