// `trainscope watch`: shows the training of any program, by what it prints or the log that it writes.

import { TrainscopeError } from "@trainscope/core";
import { FORMATS } from "@trainscope/formats";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { addReadingFlags, type ReadingFlags } from "../input/foreign-log.ts";
import { addNotifyFlag, type NotifyFlags } from "../notify/notifier.ts";
import { print } from "../output/print.ts";
import { REPORTERS, type Reporter } from "../reporters/choose.ts";

export interface WatchFlags extends ReadingFlags, NotifyFlags {
  readonly reporter?: Reporter;
  readonly formats?: boolean;
  readonly control?: boolean;
}

export function addWatchCommand(program: Command, end: (status: number) => void): void {
  addNotifyFlag(addReadingFlags(program.command("watch")))
    .description("Show the training of any program: what it prints, or the log that it writes.")
    .argument("[source]", "a file that grows, a folder of logs, or - for what is piped in")
    .argument("[command...]", "after --: a program to run, and what it is given")
    .addOption(
      new Option("--reporter <name>", "how it is shown (default: dashboard on a terminal)").choices(REPORTERS),
    )
    .option(
      "--control",
      "pause, change or stop a loop that asks for it; docs/watch.md has the few lines of Python",
    )
    .option("--formats", "list what can be read")
    .addHelpText(
      "after",
      `
  python train.py | trainscope watch -
  trainscope watch -- python train.py --epochs 40
  trainscope watch log.txt
  trainscope watch lightning_logs
What is no figure goes to the log.`,
    )
    .action(
      async (_source: string | undefined, _command: readonly string[], flags: WatchFlags, command: Command) => {
        if (flags.formats === true) {
          print(...formatList());
          return end(ExitStatus.done);
        }
        const { showWatched } = await import("../watch/show-watched.ts");
        end(await showWatched(namedIn(command), flags));
      },
    );
}

export type Watched =
  | { readonly kind: "stdin" }
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "program"; readonly command: readonly [string, ...string[]] };

/** commander leaves out the -- itself, which tells a program from a file. */
function namedIn({ args, parent }: Command): Watched {
  const [first, ...others] = args;
  const typed = (parent as (Command & { rawArgs?: readonly string[] }) | null)?.rawArgs ?? [];
  const isProgram = typed.length > args.length && typed[typed.length - args.length - 1] === "--";
  if (first === undefined || first === "") {
    throw new TrainscopeError("BAD_OPTION", "nothing is named that could be watched", {
      hint: "Name a file, a folder, - for what is piped in, or a program: trainscope watch -- python train.py",
    });
  }
  if (isProgram) return { kind: "program", command: [first, ...others] };
  if (others.length > 0) {
    throw new TrainscopeError("BAD_OPTION", `one source at a time is watched; found ${args.join(" ")}`, {
      hint: `A program to run stands behind --: trainscope watch -- ${args.join(" ")}`,
    });
  }
  return first === "-" ? { kind: "stdin" } : { kind: "path", path: first };
}

function formatList(): readonly string[] {
  const width = Math.max(...FORMATS.map(({ name }) => name.length));
  return FORMATS.map(({ name, title }) => `${name.padEnd(width)}  ${title}`);
}
