// A histogram of bins of any widths as bars, a column each.
import type { Drawing } from "@trainscope/core/source";
import { type Row, run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

type Histogram = Pick<Extract<Drawing, { counts: unknown }>, "edges" | "counts">;

interface Spread {
  readonly body: readonly Row[];
  /** What the bars range over. */
  readonly from: number;
  readonly to: number;
}

/** `height` rows of `width` columns: empty bins at the ends are left out, and what is there is seen. Nothing where no bin has values. */
export function spreadRows(
  histogram: Histogram,
  width: number,
  height: number,
  { ascii, color }: Theme,
): Spread | undefined {
  const bins = binsOf(histogram);
  const [from, to] = [bins[0]?.from, bins.at(-1)?.to];
  if (from === undefined || to === undefined) return undefined;
  const counts = countsByColumn(bins, from, to, width);
  const most = Math.max(...counts);
  const heights = counts.map((count) => (count > 0 ? Math.max(1, Math.round((8 * height * count) / most)) : 0));
  const body = Array.from({ length: height }, (_, line): Row => {
    const below = 8 * (height - 1 - line);
    const signs = heights.map((eighths) => sign(Math.max(0, Math.min(8, eighths - below)), ascii));
    return [run(signs.join(""), color ? { color: "cyan" } : {})];
  });
  return { body, from, to };
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** From the first that has values to the last. TensorFlow's outer bins may reach to infinity: they have no place. */
function binsOf({ edges, counts }: Histogram): readonly Bin[] {
  const bins = counts.map((count, index) => ({
    from: edges[index] ?? Number.NaN,
    to: edges[index + 1] ?? Number.NaN,
    count,
  }));
  const isFilled = ({ from, to, count }: Bin): boolean => count > 0 && Number.isFinite(to - from);
  const first = bins.findIndex(isFilled);
  return first < 0 ? [] : bins.slice(first, bins.findLastIndex(isFilled) + 1);
}

/** A bin's values are spread evenly over it; one without a width stands in one column. */
function countsByColumn(bins: readonly Bin[], from: number, to: number, width: number): readonly number[] {
  const counts = new Array<number>(width).fill(0);
  const scale = to > from ? width / (to - from) : 0;
  for (const bin of bins) {
    if (!(bin.count > 0)) continue;
    const [start, end] = [(bin.from - from) * scale, (bin.to - from) * scale];
    const first = Math.min(width - 1, Math.floor(start));
    const last = Math.max(first, Math.min(width - 1, Math.ceil(end) - 1));
    for (let column = first; column <= last; column++) {
      const share = Math.min(end, column + 1) - Math.max(start, column);
      counts[column] = (counts[column] ?? 0) + bin.count * (end > start ? share / (end - start) : 1);
    }
  }
  return counts;
}

function sign(eighths: number, ascii: boolean): string {
  if (ascii) return eighths >= 4 ? "#" : eighths > 0 ? "_" : " ";
  return EIGHTHS[eighths] ?? " ";
}
