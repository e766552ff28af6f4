// Runs a program on a terminal of its own, made by script(1) of util-linux.
import { spawnSync } from "node:child_process";
import type { Command } from "../protocol/program.ts";

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** Why there is none; `undefined` where there is. */
export function terminalAbsence(): string | undefined {
  // That of BSD and macOS has no --version, and takes its arguments otherwise.
  return spawnSync("script", ["--version"]).status === 0 ? undefined : "script(1) of util-linux is missing";
}

/** Passes the exit status on. A new terminal has no size until it is given one. */
export function inTerminal({ command, args }: Command, { columns, rows }: TerminalSize): Command {
  const quoted = [command, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  return {
    command: "script",
    args: ["-qfec", `stty rows ${rows} cols ${columns}; ${quoted}`, "/dev/null"],
    environment: { TERM: "xterm-256color", COLORTERM: "truecolor", LC_ALL: "C.UTF-8", CI: "" },
  };
}
