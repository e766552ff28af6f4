// The value from which a quantity is judged, such as chance: a dotted line with its name.
import { SUBDUED } from "../theme.ts";
import { type Axis, positionOn } from "./axis.ts";
import type { PanelSize } from "./figure.ts";
import type { Layer, PositionEncoding } from "./layer.ts";
import type { Baseline } from "./quantity.ts";

/** A note in its place where the line would be far off the curves. `y` is the plot's own encoding of `value`. */
export function baselineLayers(
  baseline: Baseline | undefined,
  axis: Axis,
  y: PositionEncoding,
  size: PanelSize,
): Layer[] {
  if (baseline === undefined) return [];
  const position = positionOn(axis, baseline.value);
  const name = `${baseline.label} ${baseline.text}`;
  const text = { type: "text", align: "right", dx: -2, fontSize: 11.5, color: SUBDUED } as const;
  const x = { value: size.width };
  if (position >= 0 && position <= 1) {
    const data = { values: [{ value: baseline.value, text: name }] };
    const label = { field: "text", type: "nominal" } as const;
    // Above its line, but not above the plot, where the legend is.
    const place =
      position < 0.93 ? ({ baseline: "bottom", dy: -4 } as const) : ({ baseline: "top", dy: 5 } as const);
    return [
      {
        data,
        mark: { type: "rule", strokeWidth: 1.25, strokeDash: [2, 3], color: SUBDUED, tooltip: null },
        encoding: { y },
      },
      { data, mark: { ...text, ...place }, encoding: { x, y, text: label } },
    ];
  }
  const below = !(position > 1);
  return [
    {
      data: { values: [{}] },
      mark: { ...text, baseline: "bottom", dy: -4 },
      encoding: {
        x,
        y: { value: below ? size.height : 14 },
        text: { value: `${name} is ${below ? "below" : "above"} the axis` },
      },
    },
  ];
}
