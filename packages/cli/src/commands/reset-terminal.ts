// `trainscope reset-terminal`: puts a terminal right that a killed dashboard has left in disorder.

import { isTerminal, ownStream, print, tell } from "@trainscope/tui/output";
import { RESET_TERMINAL } from "@trainscope/tui/terminal";
import type { Command } from "commander";
import { ExitStatus } from "../exit-status.ts";

export function addResetTerminalCommand(program: Command, end: (status: ExitStatus) => void): void {
  program
    .command("reset-terminal")
    .description("Put the terminal right after a dashboard was killed; exit status 2 where there is none.")
    .action(() => end(resetTerminal()));
}

function resetTerminal(): ExitStatus {
  if (!isTerminal("stdout")) {
    tell("stdout is no terminal, so there is nothing to reset. Run it in the terminal.");
    return ExitStatus.badInput;
  }
  ownStream("stdout").write(RESET_TERMINAL);
  const what = "Terminal reset: screen, cursor, mouse, keyboard and colours";
  const advice = `${what}; for lines that aren't echoed: stty sane.`;
  endWithSaneLines(`${what}; lines are read and echoed as usual.`, advice);
  print(`${advice}`);
  return ExitStatus.done;
}

/**
 * Sets the terminal's line to what `stty` calls sane: a new process can't tell how it was before. As it ends, Node.js
 * sets the line back to how it was when it started, so the last word has to be another program's, in its place.
 * Comes back only where that can't be done.
 */
function endWithSaneLines(done: string, advice: string): void {
  const script = 'if stty sane <&1 2>/dev/null; then echo "$1"; else echo "$2"; fi';
  try {
    process.execve?.("/bin/sh", ["sh", "-c", script, "sh", done, advice], process.env);
  } catch {
    // No such program, or not on this system.
  }
}
