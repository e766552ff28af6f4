// How restless a curve is.

/**
 * Mean absolute change from epoch to epoch over the last half of the values; `null` where there are fewer than two
 * neighbours in it. The first half is left out, since there a curve changes because it learns.
 */
export function meanAbsoluteChange(values: readonly (number | null)[]): number | null {
  const last = values.slice(Math.floor(values.length / 2));
  const changes = last.flatMap((value, index) => {
    const before = last[index - 1] ?? null;
    return value === null || before === null ? [] : [Math.abs(value - before)];
  });
  return changes.length === 0 ? null : changes.reduce((sum, change) => sum + change, 0) / changes.length;
}
