import { createRandom, type Metric, type Random, RandomStream } from "@trainscope/core";
import { requireArgument } from "@trainscope/core/errors";
import { checkWhole } from "../options.ts";
import { takeRows } from "./take-rows.ts";

export interface Resamples<State> {
  readonly states: readonly State[];
  readonly randoms: readonly Random[];
}

/**
 * How sure a metric is: its mean, standard deviation and 95 % interval over so many resamples of the rows (50 where left
 * out), in each of which a row comes as often as Poisson's distribution of mean 1 says. `accuracy` becomes
 * `accuracy-bootstrap/mean`, `/deviation`, `/low` and `/high`. Always the same for the same rows in the same order. It
 * takes as many times as long as the metric alone.
 *
 * Source: Efron, Bootstrap methods, 1979; Oza and Russell, Online bagging and boosting, 2001, for Poisson's distribution.
 */
export function bootstrap<State>(metric: Metric<State>, resamples = 50): Metric<Resamples<State>, "record"> {
  requireArgument("bootstrap", "metric", metric, "an object");
  checkWhole("bootstrap", "resamples", resamples, 2);
  const { direction = "none", unit } = metric;
  const shown = unit === undefined ? {} : { unit };
  return {
    name: `${metric.name}-bootstrap`,
    description: `How far ${metric.name} depends on which images there are.`,
    splits: metric.splits,
    kind: "record",
    fields: {
      mean: { direction, ...shown },
      deviation: { direction: "min", ...shown, display: { chart: false } },
      low: { direction, ...shown, display: { chart: false } },
      high: { direction, ...shown, display: { chart: false } },
    },
    init: (_, context) => ({
      states: Array.from({ length: resamples }, () => metric.init(undefined, context)),
      randoms: Array.from({ length: resamples }, (_, r) => createRandom(0, RandomStream.sample, r)),
    }),
    update: ({ states, randoms }, batch) => ({
      states: states.map((state, r) => {
        const rows: number[] = [];
        for (let row = 0; row < batch.size; row++) {
          for (let times = poisson(randoms[r] as Random); times > 0; times--) rows.push(row);
        }
        return rows.length === 0 ? state : metric.update(state, takeRows(batch, rows));
      }),
      randoms,
    }),
    result({ states }) {
      const values = states.map((state) => metric.result(state)).filter((value) => value !== null);
      if (values.length === 0) return null;
      const sorted = values.toSorted((a, b) => a - b);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const deviation = values.length === 1 ? null : Math.sqrt(squares / (values.length - 1));
      return { mean, deviation, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
    },
  };
}

/** Of mean 1, by the inverse of its distribution. */
function poisson(random: Random): number {
  let left = random.uniform();
  let probability = Math.exp(-1);
  let count = 0;
  while (left >= probability && probability > 0) {
    left -= probability;
    count++;
    probability /= count;
  }
  return count;
}

/** Interpolated linearly. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (place - Math.floor(place)) * (above - below);
}
