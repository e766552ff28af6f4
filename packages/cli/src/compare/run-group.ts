// Several runs that are compared as one.

export interface RunGroup {
  readonly runIds: readonly string[];
  /** The seed of each run. */
  readonly seeds: readonly string[];
  /** By tag, for each value of the mean: half of the width of its 95 % band. */
  readonly halfWidths: ReadonlyMap<string, readonly (number | null)[]>;
  /** Of the test figures. */
  readonly testHalfWidths: ReadonlyMap<string, number>;
}

export interface Band {
  /** `null` where the mean is missing. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** The band around the values of a mean; `undefined` for a run that is none. */
export function bandOf(
  group: RunGroup | undefined,
  tag: string,
  values: readonly (number | null)[],
): Band | undefined {
  const halves = group?.halfWidths.get(tag);
  if (halves === undefined) return undefined;
  const edge = (sign: 1 | -1) =>
    values.map((value, index) => (value === null ? null : value + sign * (halves[index] ?? 0)));
  return { low: edge(-1), high: edge(1) };
}
