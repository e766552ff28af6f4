// `trainscope reset-terminal`: puts a terminal right that a killed dashboard has left in disorder.
import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import { RESET_TERMINAL } from "../dashboard/terminal/modes.ts";
import { ExitStatus } from "../exit-status.ts";

export function addResetTerminalCommand(program: Command, end: (status: ExitStatus) => void): void {
  program
    .command("reset-terminal")
    .description("Put the terminal right after a dashboard was killed; exit status 2 where there is none.")
    .action(() => end(resetTerminal()));
}

function resetTerminal(): ExitStatus {
  if (!process.stdout.isTTY) {
    process.stderr.write(
      "trainscope: stdout is no terminal, so there is nothing to reset. Run it in the terminal.\n",
    );
    return ExitStatus.badInput;
  }
  process.stdout.write(RESET_TERMINAL);
  const what = "screen, cursor, mouse, keyboard and colours";
  const modes = restoreLineModes()
    ? "lines are read and echoed as usual"
    : "for lines that aren't echoed: stty sane";
  process.stdout.write(`Terminal reset: ${what}; ${modes}.\n`);
  return ExitStatus.done;
}

/** A new process can't tell how the terminal was before, so it is set to what `stty` calls sane. */
function restoreLineModes(): boolean {
  if (!process.stdin.isTTY) return false;
  return spawnSync("stty", ["sane"], { stdio: ["inherit", "ignore", "ignore"] }).status === 0;
}
