// The flag by which a person asks to be told. What tells them is loaded once there is something to watch.
import { type Command, Option } from "commander";
import { parseTarget, type Target } from "./target.ts";

export interface NotifyFlags {
  readonly notify: readonly Target[];
}

export function addNotifyFlag(command: Command): Command {
  return command.addOption(
    new Option(
      "--notify <how>",
      "say when it ends, diverges or stands still: bell, desktop, an address to post to, or a command",
    )
      .argParser((text, before: readonly Target[] = []) => [...before, parseTarget(text)])
      .default([], "nobody"),
  );
}
