// A number that depends on those of the epochs before.
import type { Metric } from "@trainscope/core";

export interface LookingBack<State, Carried> {
  /** The metric's own; `undefined` where a checkpoint couldn't hold it. */
  readonly inner: State | undefined;
  /** What the passes before have come to. */
  readonly carried: Carried;
  /** What they and this one have come to, where it is known. */
  readonly next?: Carried;
}

interface Fold<Carried> {
  readonly name: string;
  readonly description: string;
  readonly start: Carried;
  step(carried: Carried, value: number | null): Carried;
  read(carried: Carried): number | null;
}

/** `Carried` is what JSON can hold. */
export function lookBack<State, Carried>(
  metric: Metric<State>,
  { step, read, start, ...about }: Fold<Carried>,
): Metric<LookingBack<State, Carried>> {
  const { shared: _, kind: __, merge, serialize, deserialize, init, update, result, ...shown } = metric;
  const nextOf = ({ inner, carried, next }: LookingBack<State, Carried>): Carried =>
    next ?? (inner === undefined ? carried : step(carried, metric.result(inner)));
  return {
    ...shown,
    ...about,
    init: (previous, context) => ({
      inner: metric.init(previous?.inner, context),
      carried: previous === undefined ? start : nextOf(previous),
    }),
    update: ({ inner, carried }, batch) => ({ inner: metric.update(inner as State, batch), carried }),
    result: (state) => read(nextOf(state)),
    serialize: (state) => ({
      next: nextOf(state),
      inner: serialize === undefined || state.inner === undefined ? null : serialize(state.inner),
    }),
    deserialize(value) {
      const { next, inner } = value as { next: Carried; inner: unknown };
      return { inner: deserialize === undefined ? undefined : deserialize(inner), carried: start, next };
    },
  };
}
