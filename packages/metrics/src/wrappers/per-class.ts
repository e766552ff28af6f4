import type { Metric } from "@trainscope/core";
import { requireArgument } from "@trainscope/core/errors";
import { takeRows } from "./take-rows.ts";

export interface ClassStates<State> {
  /** `K`. */
  readonly states: readonly State[];
}

/** A metric that gives a number, of the rows of each class by themselves: `brier` becomes `brier-per-class`. */
export function perClass<State>(metric: Metric<State>): Metric<ClassStates<State>, "per-class"> {
  requireArgument("perClass", "metric", metric, "an object");
  const { shared: _, kind: __, merge, serialize, deserialize, format, ...about } = metric;
  return {
    ...about,
    name: `${metric.name}-per-class`,
    kind: "per-class",
    init: (previous, context) => ({
      states: context.classNames.map((_, k) => metric.init(previous?.states[k], context)),
    }),
    update({ states }, batch) {
      const rows: number[][] = states.map(() => []);
      for (let row = 0; row < batch.size; row++) rows[batch.labels[row] as number]?.push(row);
      return {
        states: states.map((state, k) => {
          const own = rows[k] ?? [];
          return own.length === 0 ? state : metric.update(state, takeRows(batch, own));
        }),
      };
    },
    result: ({ states }) => states.map((state) => metric.result(state)),
    ...(merge && {
      merge: (a, b) => ({ states: a.states.map((state, k) => merge(state, b.states[k] as State)) }),
    }),
    ...(serialize && { serialize: ({ states }) => states.map((state) => serialize(state)) }),
    ...(deserialize && {
      deserialize: (value) => ({ states: (value as unknown[]).map((state) => deserialize(state)) }),
    }),
    ...(format && { format: (value) => format(value) }),
  };
}
