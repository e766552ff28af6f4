// What the chart of compared runs is drawn of: lines, the places of forks, best values, and labels at the ends.
import { HAIRLINE, PAPER } from "../theme.ts";
import { type Axis, positionOn } from "./axis.ts";
import type { CompareEncoding } from "./compare-encoding.ts";
import type { ComparedSeries } from "./compared-curve.ts";
import { labelShifts } from "./end-labels.ts";
import type { Layer } from "./layer.ts";
import type { Quantity } from "./quantity.ts";

/** Of a five-pointed star in a square from -1 to 1. */
const STAR = starPath();

/** Around each mean its band, as far as it lies on the axis. */
export function bandLayers(
  named: readonly ComparedSeries[],
  factor: number,
  { x, y, color }: CompareEncoding,
  yAxis: Axis,
): Layer[] {
  const [least, most] = yAxis.domain;
  const onAxis = (value: number): number => Math.min(most, Math.max(least, value * factor));
  const values = named.flatMap(({ name, curve: { at, band } }) =>
    at.flatMap((epoch, index) => {
      const [low, high] = [band?.low[index] ?? null, band?.high[index] ?? null];
      if (low === null || high === null) return [];
      return [{ epoch, value: onAxis(low), high: onAxis(high), series: name }];
    }),
  );
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: "area", fillOpacity: 0.18, opacity: 1, line: false },
      encoding: { x, y, y2: { field: "high" }, color },
    },
  ];
}

/** Grey ones below all others. */
export function lineLayers(
  named: readonly ComparedSeries[],
  grey: readonly ComparedSeries[],
  { x, y, color, strokeDash }: CompareEncoding,
): Layer[] {
  const behind: Layer = {
    data: { values: grey.flatMap(({ points }) => points) },
    mark: { type: "line", strokeWidth: 1, color: HAIRLINE },
    encoding: { x, y, detail: { field: "series", type: "nominal" } },
  };
  return [
    ...(grey.length > 0 ? [behind] : []),
    {
      data: { values: named.flatMap(({ points }) => points) },
      mark: { type: "line", strokeWidth: 2, strokeJoin: "round", clip: false },
      encoding: { x, y, color, strokeDash },
    },
    {
      data: { values: named.flatMap(({ isolated }) => isolated) },
      mark: { type: "point", filled: true, size: 40, opacity: 1 },
      encoding: { x, y, color },
    },
  ];
}

/** A ring where a run goes on from another. */
export function forkLayer(named: readonly ComparedSeries[], { x, y, color }: CompareEncoding): Layer {
  return {
    data: { values: named.flatMap(({ curve, points }) => (curve.isForked ? points.slice(0, 1) : [])) },
    mark: { type: "point", filled: false, fill: PAPER, size: 60, strokeWidth: 1.75, opacity: 1 },
    encoding: { x, y, color },
  };
}

export function bestLayer(
  named: readonly ComparedSeries[],
  factor: number,
  { x, y, color }: CompareEncoding,
): Layer {
  const values = named.flatMap(({ name, curve: { best } }) =>
    best === undefined ? [] : [{ epoch: best.at, value: best.value * factor, series: name }],
  );
  return {
    data: { values },
    mark: { type: "point", shape: STAR, filled: true, size: 70, opacity: 1, stroke: PAPER, strokeWidth: 0.75 },
    encoding: { x, y, color },
  };
}

/** The last value of each line in its colour, moved apart where they end close to each other. */
export function endLabelLayers(
  ended: readonly ComparedSeries[],
  quantity: Quantity,
  { x, y }: CompareEncoding,
  { yAxis, height }: { readonly yAxis: Axis; readonly height: number },
): Layer[] {
  const shifts = labelShifts(
    ended.map(({ last }) => (1 - positionOn(yAxis, last.value)) * height),
    height,
  );
  return ended.map(
    ({ last, style }, index): Layer => ({
      data: { values: [{ ...last, text: quantity.format(last.value) }] },
      mark: {
        type: "text",
        align: "left",
        baseline: "middle",
        dx: 8,
        dy: shifts[index] ?? 0,
        fontSize: 12,
        fontWeight: 600,
        color: style.colour,
      },
      encoding: { x, y, text: { field: "text", type: "nominal" } },
    }),
  );
}

function starPath(): string {
  const corners = Array.from({ length: 10 }, (_, index) => {
    const radius = index % 2 === 0 ? 1 : 0.42;
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    return `${(radius * Math.cos(angle)).toFixed(3)},${(radius * Math.sin(angle)).toFixed(3)}`;
  });
  return `M${corners.join("L")}Z`;
}
