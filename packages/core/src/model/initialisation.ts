// What a run starts from: how widely the first weights and biases are spread.

import { TrainscopeError } from "../errors.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { describeValue } from "../text/describe-value.ts";

/** How the first weights and biases are spread. */
export type Initialisation =
  /** Normal with mean 0 and this standard deviation; 0 starts from W = 0 and b = 0, which a linear classifier can. */
  | { readonly kind: "normal"; readonly deviation: number }
  /** Normal with mean 0 and variance `2 / (inputs + classes)` (Glorot & Bengio 2010). */
  | { readonly kind: "xavier" };

const FORMS = "normal:DEVIATION, xavier";

/** The standard deviation from which every entry of W and b is drawn. */
export function initialDeviation(initialisation: Initialisation, classes: number, inputs: number): number {
  return initialisation.kind === "xavier" ? Math.sqrt(2 / (inputs + classes)) : initialisation.deviation;
}

/** Throws `BAD_OPTION` where the kind is unknown, the deviation out of range, or where it has what its kind hasn't. */
export function checkInitialisation(initialisation: Initialisation): void {
  switch (initialisation?.kind) {
    case "xavier":
      refuseUnknown("the xavier initialisation", initialisation, ["kind"]);
      return;
    case "normal": {
      const { deviation } = initialisation;
      refuseUnknown("the normal initialisation", initialisation, ["kind", "deviation"]);
      if (typeof deviation === "number" && Number.isFinite(deviation) && deviation >= 0) return;
      throw new TrainscopeError(
        "BAD_OPTION",
        `DEVIATION of the normal initialisation is ${describeValue(deviation)}; expected a number of at least 0`,
      );
    }
    default:
      throw new TrainscopeError(
        "BAD_OPTION",
        `initialisation is ${JSON.stringify(initialisation)}; expected one of ${FORMS}`,
      );
  }
}

/** Reads `normal:0.01` and `xavier`. Throws `BAD_OPTION` naming the forms there are. */
export function parseInitialisation(text: string): Initialisation {
  if (text === "xavier") return { kind: "xavier" };
  const [kind, deviation = "", ...rest] = text.split(":");
  if (kind !== "normal" || deviation.trim() === "" || rest.length > 0) {
    throw new TrainscopeError("BAD_OPTION", `initialisation is "${text}"; expected one of ${FORMS}`);
  }
  const initialisation: Initialisation = { kind, deviation: Number(deviation) };
  checkInitialisation(initialisation);
  return initialisation;
}

/** In the form that `parseInitialisation` reads. */
export function describeInitialisation(initialisation: Initialisation): string {
  return initialisation.kind === "xavier" ? "xavier" : `normal:${initialisation.deviation}`;
}
