// The training loss has not moved since the first epoch, whatever it is a loss of.
import { inWords, type Rule } from "./rule.ts";

/** Changes that are looked at together. */
const CHANGES = 8;
/** How far apart all losses so far may be, of the largest. What learns at all, learns more than that at first. */
const STILL = 0.005;

export function createLossPlateau(): Rule {
  let first: number | undefined;
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  let seen = 0;

  return ({ epoch, trainLoss }, { axis }) => {
    if (trainLoss === null) return undefined;
    first ??= trainLoss;
    seen++;
    [least, most] = [Math.min(least, trainLoss), Math.max(most, trainLoss)];
    if (most - least > STILL * most) return "over";
    // One that is 0 has nowhere to go.
    if (seen <= CHANGES || most === 0) return undefined;
    const losses = `${inWords(first, 4)}, now ${inWords(trainLoss, 4)}`;
    return { message: `up to ${axis} ${epoch} the training loss has hardly moved (${losses})` };
  };
}
