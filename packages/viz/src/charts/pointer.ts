// What a plot over epochs answers the pointer: the values of the epoch beneath it. Pictures don't show it.
import { SUBDUED } from "../theme.ts";
import type { Layer } from "./layer.ts";
import { isLine, type Series } from "./points.ts";
import { formatSpread, type Quantity } from "./quantity.ts";

/** More strips would be narrower than a pointer can aim. */
const MOST_STRIPS = 200;

export interface PointerOptions {
  readonly series: readonly Series[];
  readonly quantity: Quantity;
  readonly epochs: readonly number[];
  /** CSS pixels of the plot. */
  readonly width: number;
  /** The plot's own encoding of `epoch`. */
  readonly x: Record<string, unknown>;
  readonly id: string;
}

/** A strip an epoch, from the plot's bottom to its top, which shows while the pointer is on it. */
export function pointerLayer({ series, quantity, epochs, width, x, id }: PointerOptions): Layer {
  // A lone point, as of the test split, is named where it stands: it has no value at the other epochs.
  const lines = series.filter(isLine);
  const answered = lines.length === 0 ? series : lines;
  const every = Math.ceil(epochs.length / MOST_STRIPS);
  const rows = new Map(
    epochs
      .filter((_, index) => index % every === 0)
      .map((epoch) => [epoch, { epoch } as Record<string, unknown>]),
  );
  answered.forEach(({ points }, place) => {
    for (const { epoch, value, deviation } of points) {
      const row = rows.get(epoch);
      if (row !== undefined)
        row[`s${place}`] = value === null ? "none" : formatSpread(quantity, value, deviation);
    }
  });
  // Names of series may hold dots and brackets, which a field's name may not.
  const tooltip = answered.map(({ name }, place) => ({
    field: `s${place}`,
    type: "nominal" as const,
    title: name,
  }));
  // A metric's name may hold what a parameter's may not.
  const param = `pointed_${id.replace(/\W/g, (character) => `_${character.codePointAt(0)}_`)}`;
  return {
    data: { values: [...rows.values()] },
    params: [{ name: param, select: { type: "point", on: "pointerover", clear: "pointerout" } }],
    mark: {
      type: "rule",
      color: SUBDUED,
      strokeWidth: Math.max(2, width / Math.max(1, rows.size - 1)),
      clip: true,
      aria: false,
    },
    encoding: {
      x,
      opacity: { condition: { param, empty: false, value: 0.14 }, value: 0 },
      tooltip: [{ field: "epoch", type: "quantitative", title: "Epoch", format: "d" }, ...tooltip],
    },
  } as Layer;
}
