// The trainscope command as it is built: what a user starts.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../protocol/program.ts";

const PACKAGE = join(import.meta.dirname, "../../../packages/cli");

/** Why it can't be measured here; `undefined` where it can. */
export function builtCommandAbsence(): string | undefined {
  return existsSync(join(PACKAGE, "dist/main.js")) ? undefined : "the command is not built (npm run build)";
}

export function trainscopeCommand(...args: readonly string[]): Command {
  return { command: process.execPath, args: [join(PACKAGE, "bin/trainscope.js"), ...args] };
}
