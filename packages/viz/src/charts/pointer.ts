// What a plot over epochs or steps answers the pointer: the values of the one beneath it. Pictures don't show it.
import { SUBDUED } from "../theme.ts";
import type { Layer } from "./layer.ts";
import { isLine, type Point, type Series } from "./points.ts";
import { formatSpread, type Quantity } from "./quantity.ts";

/** More strips would be narrower than a pointer can aim. */
const MOST_STRIPS = 200;

export interface PointerOptions {
  readonly series: readonly Series[];
  readonly quantity: Quantity;
  /** Where any of the series has a value, rising. */
  readonly xs: readonly number[];
  /** Of the x axis. */
  readonly title: string;
  /** CSS pixels of the plot. */
  readonly width: number;
  /** The plot's own encoding of `epoch`. */
  readonly x: Record<string, unknown>;
  readonly id: string;
}

/** A strip an x, from the plot's bottom to its top, which shows while the pointer is on it. */
export function pointerLayer({ series, quantity, xs, title, width, x, id }: PointerOptions): Layer {
  // A lone point, as of the test split, is named where it stands: it has no value at the other epochs.
  const lines = series.filter(isLine);
  const answered = lines.length === 0 ? series : lines;
  const every = Math.ceil(xs.length / MOST_STRIPS);
  const rows = xs
    .filter((_, index) => index % every === 0)
    .map((epoch) => ({ epoch }) as Record<string, unknown> & { readonly epoch: number });
  answered.forEach(({ points }, place) => {
    let index = 0;
    for (const row of rows) {
      while (index + 1 < points.length && isNearer(points[index + 1], points[index], row.epoch)) index++;
      const { value = null, deviation } = points[index] ?? {};
      row[`s${place}`] = value === null ? "none" : formatSpread(quantity, value, deviation);
    }
  });
  // Names of series may hold dots and brackets, which a field's name may not.
  const tooltip = answered.map(({ name }, place) => ({
    field: `s${place}`,
    type: "nominal" as const,
    title: name,
  }));
  const isWhole = xs.every(Number.isInteger);
  // A metric's name may hold what a parameter's may not.
  const param = `pointed_${id.replace(/\W/g, (character) => `_${character.codePointAt(0)}_`)}`;
  return {
    data: { values: [...rows] },
    params: [{ name: param, select: { type: "point", on: "pointerover", clear: "pointerout" } }],
    mark: {
      type: "rule",
      color: SUBDUED,
      strokeWidth: Math.max(2, width / Math.max(1, rows.length - 1)),
      clip: true,
      aria: false,
    },
    encoding: {
      x,
      opacity: { condition: { param, empty: false, value: 0.14 }, value: 0 },
      tooltip: [{ field: "epoch", type: "quantitative", title, format: isWhole ? "d" : "~r" }, ...tooltip],
    },
  } as Layer;
}

/** A series may have another pace than its neighbours: the point next to the pointer answers. */
function isNearer(next: Point | undefined, point: Point | undefined, x: number): boolean {
  return next !== undefined && point !== undefined && Math.abs(next.epoch - x) <= Math.abs(point.epoch - x);
}
