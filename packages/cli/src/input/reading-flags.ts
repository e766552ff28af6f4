// The flags that say how another program's log is read.
import { type Command, InvalidArgumentError } from "commander";
import { filled } from "./parsers.ts";

/** How a log is read; as its content says where both are left out. */
export interface ReadingFlags {
  readonly format?: string;
  readonly pattern?: RegExp;
}

export function addReadingFlags(command: Command): Command {
  return addPatternFlag(
    command.option(
      "--format <name>",
      "how to read another program's log, instead of as its content says",
      filled,
    ),
  );
}

export function addPatternFlag(command: Command): Command {
  return command.option(
    "--pattern <regex>",
    "for printed text: its named groups are figures and counters",
    pattern,
  );
}

function pattern(text: string): RegExp {
  try {
    const compiled = new RegExp(text);
    if (/\(\?<[A-Za-z_]/.test(text)) return compiled;
  } catch {}
  throw new InvalidArgumentError(
    "Expected a regular expression with named groups, as in 'step (?<step>\\d+).*ppl (?<val_ppl>\\S+)'.",
  );
}
