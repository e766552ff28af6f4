import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The environment of a command that trains for as long as a test looks at it, at a fifth of its speed. */
export const unhurried = {
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "unhurried.mjs")).href}`,
};
