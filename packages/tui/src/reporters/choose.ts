// Which reporter shows what goes on.

import { TrainscopeError } from "@trainscope/core/errors";
import { isTerminal } from "../output/streams.ts";

/** How a run may be told of. */
export const REPORTERS = ["dashboard", "lines", "sentences", "json"] as const;

/** One of `REPORTERS`. */
export type Reporter = (typeof REPORTERS)[number];

/** Where the command runs, as far as a reporter depends on it. */
export interface Surroundings {
  readonly inputIsTerminal: boolean;
  readonly outputIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The dashboard where a person sits at a terminal that can show it, sentences where a screen reader reads it
 * (`INK_SCREEN_READER`, as in any program made with Ink), lines elsewhere.
 */
export function defaultReporter({ inputIsTerminal, outputIsTerminal, environment }: Surroundings): Reporter {
  const { CI, INK_SCREEN_READER, TERM } = environment;
  const automated = CI !== undefined && CI !== "" && CI !== "0" && CI !== "false";
  if (!inputIsTerminal || !outputIsTerminal || automated) return "lines";
  if (INK_SCREEN_READER === "true") return "sentences";
  return TERM === "dumb" ? "lines" : "dashboard";
}

/** Throws `BAD_OPTION` where the dashboard was asked for and there is no terminal to draw it on. */
export function chooseReporter(asked: Reporter | undefined): Reporter {
  const inputIsTerminal = process.stdin.isTTY === true;
  const outputIsTerminal = isTerminal("stdout");
  if (asked === "dashboard" && !outputIsTerminal) {
    throw new TrainscopeError("BAD_OPTION", "the dashboard needs a terminal, and stdout is none", {
      hint: "Use --reporter lines or --reporter json.",
    });
  }
  return asked ?? defaultReporter({ inputIsTerminal, outputIsTerminal, environment: process.env });
}
