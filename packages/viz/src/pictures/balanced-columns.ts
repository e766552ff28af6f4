// How many pictures of a montage stand side by side.

/** Rows of equal length as far as can be: 10 make 2 rows of 5, 100 make 7 rows of at most 15. */
export function balancedColumns(count: number): number {
  const rows = Math.ceil(count / Math.ceil(Math.sqrt(2.2 * count)));
  return Math.ceil(count / rows);
}
