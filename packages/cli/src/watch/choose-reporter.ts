// Which reporter shows what is watched.

import { chooseReporter, defaultReporter, type Reporter } from "@trainscope/tui/choose-reporter";
import { isTerminal } from "@trainscope/tui/output";

/** The dashboard where there is a terminal to show it: what is piped in comes by another way than the keys. */
export function chooseWatchReporter(asked: Reporter | undefined): Reporter {
  if (asked !== undefined) return chooseReporter(asked);
  return defaultReporter({
    inputIsTerminal: true,
    outputIsTerminal: isTerminal("stdout"),
    environment: process.env,
  });
}
