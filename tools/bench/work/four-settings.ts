// The assignment's four settings, and whether two programs come to the same in them.
import type { RunOutcome } from "./run-job.ts";

export const SETTINGS = [
  { lambda: 0, eta: 0.1 },
  { lambda: 0, eta: 0.001 },
  { lambda: 0.1, eta: 0.001 },
  { lambda: 1, eta: 0.001 },
] as const;

/** As a fraction of our loss: float32 and float64 drift apart by rounding, over thousands of updates. */
const LOSS_TOLERANCE = 1e-3;
const ACCURACY_TOLERANCE = 0.005;
/** With a learning rate of 0.1 a run jumps about, and rounding decides where it stands at its end. */
const JUMPY_TOLERANCE = 0.08;

/** What is wrong with a program's runs beside ours, one sentence each. */
export function compareSettings(runs: readonly RunOutcome[], ours: readonly RunOutcome[]): string[] {
  return SETTINGS.flatMap(({ lambda, eta }, i) => {
    const [found, expected] = [runs[i], ours[i]];
    if (found === undefined || expected === undefined) return [`no outcome of lambda ${lambda}, eta ${eta}`];
    const isJumpy = eta > 0.01;
    const differences: string[] = [];
    const compare = (field: keyof RunOutcome, allowed: number): void => {
      if (Math.abs(found[field] - expected[field]) <= allowed) return;
      differences.push(`lambda ${lambda}, eta ${eta}: ${field} is ${found[field]}; ours is ${expected[field]}`);
    };
    compare("epochs", 0);
    if (!isJumpy) {
      compare("loss", LOSS_TOLERANCE * expected.loss);
      compare("validationLoss", LOSS_TOLERANCE * expected.validationLoss);
    }
    compare("testAccuracy", isJumpy ? JUMPY_TOLERANCE : ACCURACY_TOLERANCE);
    return differences;
  });
}
