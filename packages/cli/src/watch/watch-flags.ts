// The flags of `trainscope watch`.

import type { Reporter } from "@trainscope/tui/choose-reporter";
import type { ReadingFlags } from "../input/reading-flags.ts";
import type { NotifyFlags } from "../notify/notify-flag.ts";

export interface WatchFlags extends ReadingFlags, NotifyFlags {
  readonly reporter?: Reporter;
  readonly formats?: boolean;
  readonly control?: boolean;
  readonly verbose?: boolean;
}
