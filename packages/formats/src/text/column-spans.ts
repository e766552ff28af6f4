// Where the columns of a printed table lie, as a rule of dashes below its header says: `-------  ------------`.

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** None where it is no such rule. */
export function spansOf(rule: string): readonly Span[] {
  if (!/^\s*-+(?:\s+-+)+\s*$/.test(rule)) return [];
  return Array.from(rule.matchAll(/-+/g), ({ index, 0: dashes }) => ({
    start: index,
    end: index + dashes.length,
  }));
}

/** A cell that is wider than its column reaches into the gap after it. */
export function cellsAt(line: string, spans: readonly Span[]): readonly string[] {
  return spans.map(({ start }, index) => line.slice(start, spans[index + 1]?.start).trim());
}
