// A table longer than its place: it follows its newest row until it is scrolled up, and then stays where it is.

export interface Table {
  /** Rows there are. */
  readonly length: number;
  /** Rows there is room for. */
  readonly visible: number;
}

/** First row that is shown, and the first after it that isn't. */
export function windowOf(bottom: number | undefined, { length, visible }: Table): readonly [number, number] {
  const end = clampBottom(bottom ?? length, { length, visible });
  return [Math.max(0, end - visible), end];
}

/** The rows up to the last that is shown, after scrolling down by so many; `undefined` at the newest. */
export function bottomOf(bottom: number | undefined, by: number, table: Table): number | undefined {
  const next = clampBottom(clampBottom(bottom ?? table.length, table) + by, table);
  return next >= table.length ? undefined : next;
}

function clampBottom(bottom: number, { length, visible }: Table): number {
  return Math.max(Math.min(length, Math.max(1, visible)), Math.min(length, bottom));
}
