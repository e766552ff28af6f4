// Whether everyone came to the same result: a fast program that computes something else is no competitor.
import type { Figures } from "./protocol/messages.ts";

/** Images that may fall on the other side of a tie in float32, as a fraction of a split. */
const ACCURACY_TOLERANCE = 0.002;

const LOSSES = ["loss", "cost", "validationLoss", "validationCost"] as const;
const ACCURACIES = ["accuracy", "validationAccuracy"] as const;

/** What is wrong with `found`, one sentence each. Losses are compared to a fraction of the expected one. */
export function compareFigures(found: Figures, expected: Figures, tolerance: number): string[] {
  const differences: string[] = [];
  const check = (field: keyof Figures, allowed: (value: number) => number): void => {
    const value = found[field];
    const right = expected[field];
    if (value === undefined || right === undefined) return;
    if (Math.abs(value - right) <= allowed(right)) return;
    differences.push(`${field} is ${value}; expected ${right} to within ${allowed(right).toPrecision(2)}`);
  };
  for (const field of LOSSES) check(field, (right) => tolerance * Math.max(Math.abs(right), 1e-3));
  for (const field of ACCURACIES) check(field, () => ACCURACY_TOLERANCE);
  return differences;
}
