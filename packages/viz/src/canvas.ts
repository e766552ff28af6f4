// node-canvas with the bundled fonts, which PNG is drawn with. It is optional, and loaded when the first PNG is drawn:
// importing this package stays cheap, and a machine without it has all but PNG.
import { createRequire } from "node:module";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
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
  const found = tryCanvas();
  if (found instanceof TrainscopeError) throw found;
  return found;
}

/** node-canvas, or what keeps it from being loaded: found out once per process. */
export function tryCanvas(): CanvasModule | TrainscopeError {
  loaded ??= requireCanvas();
  return loaded;
}

function requireCanvas(): CanvasModule | TrainscopeError {
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
