// The trainscope command as it is built: what a user starts.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../protocol/program.ts";

const TUI = join(import.meta.dirname, "../../../packages/tui");

/** Why it can't be measured here; `undefined` where it can. */
export function builtCommandAbsence(): string | undefined {
  return existsSync(join(TUI, "dist/main.js")) ? undefined : "the command is not built (npm run build)";
}

export function trainscopeCommand(...args: readonly string[]): Command {
  return { command: process.execPath, args: [join(TUI, "bin/trainscope.js"), ...args] };
}
