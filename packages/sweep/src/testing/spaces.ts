// Search spaces for property tests, and strategies run to their end without any training.
import fc from "fast-check";
import type { Dimension, Point, SearchSpace } from "../space.ts";
import type { Job, Score, Strategy } from "../strategy.ts";

const bound = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

const range = fc
  .record({ kind: fc.constantFrom("log" as const, "linear" as const), ends: fc.tuple(bound, bound) })
  .filter(({ ends: [one, other] }) => one !== other)
  .map(({ kind, ends: [one, other] }): Dimension => {
    return { kind, from: Math.min(one, other), to: Math.max(one, other) };
  });

const wholeRange = fc
  .record({
    kind: fc.constantFrom("log" as const, "linear" as const),
    from: fc.integer({ min: 1, max: 100 }),
    more: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ kind, from, more }): Dimension => ({ kind, from, to: from + more, whole: true }));

const choice = fc
  .uniqueArray(fc.oneof(fc.integer(), fc.string()), { minLength: 1, maxLength: 5 })
  .map((values): Dimension => ({ kind: "choice", values }));

/** Up to four settings; one that stands after a choice may depend on its first value. */
export const spaces: fc.Arbitrary<SearchSpace> = fc
  .array(fc.tuple(fc.oneof(range, wholeRange, choice), fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((dimensions) => {
    const space: Record<string, Dimension> = {};
    let parent: readonly [string, Dimension] | undefined;
    for (const [index, [dimension, isDependent]] of dimensions.entries()) {
      const name = `setting${index}`;
      const when =
        isDependent && parent?.[1].kind === "choice"
          ? { [parent[0]]: parent[1].values.slice(0, 1) }
          : undefined;
      space[name] = when === undefined ? dimension : { ...dimension, when };
      if (dimension.kind === "choice") parent = [name, dimension];
    }
    return space;
  });

/** One job after the other, each decided on all results. */
export function runAlone(strategy: Strategy, scoreOf: (point: Point, job: Job) => Score) {
  const jobs: Job[] = [];
  const scores: Score[] = [];
  for (let next = strategy.next({ jobs, scores }); next !== undefined; next = strategy.next({ jobs, scores })) {
    jobs.push(next);
    scores.push(scoreOf(next.point, next));
  }
  return { jobs, scores };
}
