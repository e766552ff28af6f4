// Where this machine has a browser that can print a page without showing it: Chromium, Chrome or Edge.
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";

/** The parts of `process` that decide where to look. */
export interface BrowserEnvironment {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
  "msedge",
];

const MAC_PLACES = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const WINDOWS_PLACES = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];

/**
 * The path of a browser: what `CHROME_PATH` names, or the first of the usual names on PATH, or of the system's usual
 * places. Throws `NOT_SUPPORTED` where there is none, or where `CHROME_PATH` names nothing that can be run.
 */
export async function findBrowser(environment: BrowserEnvironment = process): Promise<string> {
  const chosen = environment.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (await canRun(chosen)) return chosen;
    throw new TrainscopeError("NOT_SUPPORTED", `CHROME_PATH is ${chosen}, where there is no program to run`, {
      hint: "Let it name the browser's program, or unset it to have the usual places looked through.",
    });
  }
  for (const place of usualPlaces(environment)) if (await canRun(place)) return place;
  throw new TrainscopeError(
    "NOT_SUPPORTED",
    "no Chromium, Chrome or Edge was found to print the report as PDF",
    {
      hint: "Install one, or let CHROME_PATH name its program; report.html can also be printed from any browser.",
    },
  );
}

/** Every place that is looked at, in order. */
export function usualPlaces({ platform, env }: BrowserEnvironment): readonly string[] {
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "");
  const suffix = platform === "win32" ? ".exe" : "";
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  if (platform === "darwin") return [...onPath, ...MAC_PLACES];
  if (platform !== "win32") return onPath;
  const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(
    (root) => root !== undefined,
  );
  return [...onPath, ...roots.flatMap((root) => WINDOWS_PLACES.map((place) => `${root}\\${place}`))];
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
