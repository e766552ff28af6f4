// `trainscope watch`: shows the training of any program, by what it prints or the log that it writes.

import { REPORTERS } from "@trainscope/tui/choose-reporter";
import { print } from "@trainscope/tui/output";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { addReadingFlags } from "../input/reading-flags.ts";
import { addNotifyFlag } from "../notify/notify-flag.ts";
import { namedSources } from "../watch/named-sources.ts";
import type { WatchFlags } from "../watch/watch-flags.ts";

export function addWatchCommand(program: Command, end: (status: number) => void): void {
  addNotifyFlag(addReadingFlags(program.command("watch")))
    .description("Show the training of any program: what it prints, or the log that it writes.")
    .argument(
      "[sources...]",
      "files that grow, folders of logs, - for what is piped in; or after --: a program to run",
    )
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
  trainscope watch one/log.txt two/log.txt
What is no figure goes to the log.`,
    )
    .action(async (_sources: readonly string[], _flags: WatchFlags, command: Command) => {
      const flags = command.optsWithGlobals<WatchFlags>();
      if (flags.formats === true) {
        const { formatList } = await import("../watch/format-list.ts");
        print(...formatList());
        return end(ExitStatus.done);
      }
      const named = namedIn(command);
      if (named.kind === "several") {
        const { showSeveral } = await import("../watch/show-several.ts");
        return end(await showSeveral(named.sources, flags));
      }
      const { showWatched } = await import("../watch/show-watched.ts");
      end(await showWatched(named, flags));
    });
}

/** commander leaves out the -- itself, which tells a program from files. */
function namedIn({ args, parent }: Command): ReturnType<typeof namedSources> {
  const typed = (parent as (Command & { rawArgs?: readonly string[] }) | null)?.rawArgs ?? [];
  const dashes = typed.indexOf("--");
  return namedSources(args, dashes < 0 ? args.length : args.length - (typed.length - dashes - 1));
}
