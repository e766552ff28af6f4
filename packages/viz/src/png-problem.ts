// Whether PNG can be drawn here.
import { TrainscopeError } from "@trainscope/core/errors";
import { tryCanvas } from "./canvas.ts";

/** Why PNG can't be drawn here, as an error `NOT_SUPPORTED` whose hint says what to do; `undefined` where it can. */
export function pngProblem(): TrainscopeError | undefined {
  const found = tryCanvas();
  return found instanceof TrainscopeError ? found : undefined;
}
