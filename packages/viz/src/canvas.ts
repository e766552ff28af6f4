// node-canvas with the bundled fonts, loaded when the first picture is drawn: importing this package stays cheap,
// and a machine where the native module is missing can still train.
import { createRequire } from "node:module";
import { messageOf, TrainscopeError } from "@trainscope/core";
import { FONT_FAMILY } from "./theme.ts";

type CanvasModule = typeof import("canvas");

const require = createRequire(import.meta.url);
let loaded: CanvasModule | undefined;

const FONT_FILES = [
  { weight: "400", file: "@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf" },
  { weight: "600", file: "@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf" },
];

/**
 * node-canvas, with Source Sans 3 registered once per process, so that text looks the same on any machine.
 * Throws `NOT_SUPPORTED` where the native module can't be loaded.
 */
export function loadCanvas(): CanvasModule {
  if (loaded === undefined) {
    const canvas = requireCanvas();
    for (const { weight, path } of fontFiles()) canvas.registerFont(path, { family: FONT_FAMILY, weight });
    loaded = canvas;
  }
  return loaded;
}

/** The bundled font's files. */
export function fontFiles(): readonly { readonly weight: string; readonly path: string }[] {
  return FONT_FILES.map(({ weight, file }) => ({ weight, path: require.resolve(file) }));
}

function requireCanvas(): CanvasModule {
  try {
    return require("canvas") as CanvasModule;
  } catch (cause) {
    throw new TrainscopeError("NOT_SUPPORTED", `node-canvas can't be loaded: ${messageOf(cause)}`, {
      hint: 'Pictures need it: run "npm rebuild canvas", with the libraries its page on npm names installed.',
      cause,
    });
  }
}
