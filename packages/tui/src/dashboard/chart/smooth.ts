// The exponential average of a curve, as TensorBoard draws it: noise goes, and the start isn't pulled towards 0.
import { type Follower, rememberer } from "./growing.ts";
import { isNumber, type Values } from "./values.ts";

const remember = rememberer<Values>();

/**
 * `s_t = b s_(t-1) + (1 - b) x_t` with `s_0 = 0`, divided by `1 - b^t` (the bias correction of Kingma & Ba 2015, section
 * 3), where t counts the values that there are: gaps are skipped, and stay gaps. `weight` is b, 0 to below 1.
 * The same array each time for the same values: it grows with them.
 */
export function smooth(values: Values, weight: number): Values {
  return remember(values, String(weight), undefined, () => follower(weight));
}

function follower(weight: number): Follower<Values> {
  const averages: (number | null)[] = [];
  let average = 0;
  let power = 1;
  return (values, from) => {
    for (let index = from; index < values.length; index++) {
      const value = values[index];
      if (!isNumber(value)) {
        averages.push(null);
        continue;
      }
      power *= weight;
      // The same as the formula, divided at each step: so the first value is exact, and nothing overflows.
      const share = (1 - weight) / (1 - power);
      average = average * (1 - share) + value * share;
      averages.push(average);
    }
    return averages;
  };
}
