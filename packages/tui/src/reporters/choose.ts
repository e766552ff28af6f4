export const REPORTERS = ["dashboard", "lines", "json"] as const;
export type Reporter = (typeof REPORTERS)[number];

export interface Surroundings {
  readonly inputIsTerminal: boolean;
  readonly outputIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The dashboard where a person sits at a terminal that can show it; lines elsewhere. */
export function defaultReporter({ inputIsTerminal, outputIsTerminal, environment }: Surroundings): Reporter {
  const { CI, TERM } = environment;
  const automated = CI !== undefined && CI !== "" && CI !== "0" && CI !== "false";
  return inputIsTerminal && outputIsTerminal && !automated && TERM !== "dumb" ? "dashboard" : "lines";
}
