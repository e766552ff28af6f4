// So many at a time; the others wait, in the order in which they came.

export type InLane = <Result>(body: () => Promise<Result>) => Promise<Result>;

export function createLanes(count: number): InLane {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (body) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await body();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
