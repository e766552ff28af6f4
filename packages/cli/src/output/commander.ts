// What commander says of a wrong command line, which it repeats as it was typed.
import { visible } from "@trainscope/core/text";
import type { Command } from "commander";

/** Before what commander itself adds in a line of its own. */
const SUGGESTION = /\n(?=\(Did you mean )/;

/** A line break in an argument makes no second line. Subcommands that are added later have it, too. */
export function withPlainErrors(program: Command): Command {
  return program.configureOutput({
    outputError(text, write) {
      const lines = text.trimEnd().split(SUGGESTION);
      write(lines.map((line) => `${visible(line)}\n`).join(""));
    },
  });
}
