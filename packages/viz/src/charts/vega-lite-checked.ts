// Vega-Lite's types, where a specification is written and where it is compiled, and not in what others see of this package.
import type { TopLevelSpec } from "vega-lite";
import type { ChartSpecification } from "./specification.ts";

/** Has the compiler check what is written against Vega-Lite's types. */
export function specification(written: TopLevelSpec): ChartSpecification {
  return written;
}

/** For Vega-Lite's compiler, which throws where it is no specification. */
export function asVegaLite(given: ChartSpecification): TopLevelSpec {
  return given as TopLevelSpec;
}
