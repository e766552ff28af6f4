// node-canvas with the bundled fonts, which PNG is drawn with. It is optional, and loaded when the first PNG is drawn:
// importing this package stays cheap, and a machine without it has all but PNG.
import { createRequire } from "node:module";
import { messageOf, TrainscopeError } from "@trainscope/core";
import { fontFiles } from "./font.ts";
import { FONT_FAMILY } from "./theme.ts";

type CanvasModule = typeof import("canvas");

const require = createRequire(import.meta.url);
let loaded: CanvasModule | TrainscopeError | undefined;

/**
 * node-canvas, with Source Sans 3 registered once per process, so that text looks the same on any machine.
 * Throws what `pngProblem` gives.
 */
export function loadCanvas(): CanvasModule {
  loaded ??= tryCanvas();
  if (loaded instanceof TrainscopeError) throw loaded;
  return loaded;
}

/** Why PNG can't be drawn here, as an error `NOT_SUPPORTED` whose hint says what to do; `undefined` where it can. */
export function pngProblem(): TrainscopeError | undefined {
  loaded ??= tryCanvas();
  return loaded instanceof TrainscopeError ? loaded : undefined;
}

function tryCanvas(): CanvasModule | TrainscopeError {
  try {
    const canvas = require("canvas") as CanvasModule;
    for (const { weight, path } of fontFiles()) {
      canvas.registerFont(path, { family: FONT_FAMILY, weight: String(weight) });
    }
    return canvas;
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
    const [reason] = messageOf(cause).split("\n");
    const found = isMissing && reason?.includes("'canvas'") ? "isn't installed" : `can't be loaded: ${reason}`;
    return new TrainscopeError("NOT_SUPPORTED", `PNG is drawn with node-canvas, which ${found}`, {
      hint:
        'For PNG, run "npm install canvas"; where it is installed, "npm rebuild canvas" (pnpm: "pnpm approve-builds"). ' +
        "SVG needs neither.",
      cause,
    });
  }
}
