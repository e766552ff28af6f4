// The name that somebody may have meant.

/** The known name that differs least, where that is by a third of its letters at most; the first of equals. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((other) => ({ other, distance: editDistance(name.toLowerCase(), other) }));
  const least = Math.min(...distances.map(({ distance }) => distance));
  const found = distances.find(({ distance }) => distance === least);
  return found && least <= Math.max(1, Math.floor(found.other.length / 3)) ? found.other : undefined;
}

/** Letters to insert, remove, replace, or exchange with the next: the optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchanged = isExchange ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, exchanged, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] as number;
}
