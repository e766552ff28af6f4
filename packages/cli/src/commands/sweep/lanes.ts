// So many at a time; the others wait, in the order in which they came.

/** The body is told which lane it has, from 1. */
export type InLane = <Result>(body: (lane: number) => Promise<Result>) => Promise<Result>;

export function createLanes(count: number): InLane {
  const free = Array.from({ length: count }, (_, index) => count - index);
  const waiting: ((lane: number) => void)[] = [];
  return async (body) => {
    const lane = free.pop() ?? (await new Promise<number>((resolve) => waiting.push(resolve)));
    try {
      return await body(lane);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(lane);
      else next(lane);
    }
  };
}
