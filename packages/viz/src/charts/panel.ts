// One plot of a quantity over epochs, steps or whatever else, a line a series, without title: what every chart of curves is made of.
import type { LineStyle } from "../theme.ts";
import { type Axis, positionOn, runAxis } from "./axis.ts";
import { axisTitle, scaleOf, tickMarks } from "./axis-encoding.ts";
import { baselineLayers } from "./baseline.ts";
import { labelShifts } from "./end-labels.ts";
import type { PanelSize } from "./figure.ts";
import type { Layer, Panel } from "./layer.ts";
import { pointerLayer } from "./pointer.ts";
import { isLine, type Series } from "./points.ts";
import { formatSpread, type Quantity } from "./quantity.ts";
import { textWidth } from "./text-width.ts";

const EPOCH = "Epoch";

export interface PanelOptions {
  /** At least one. */
  readonly series: readonly Series[];
  /** Of all plots that share a legend, by name: a series keeps its colour, whichever others are there. */
  readonly styles: Readonly<Record<string, LineStyle>>;
  readonly quantity: Quantity;
  /** Where any of the series has a value, rising. */
  readonly xs: readonly number[];
  /** "Epoch" unless this is given. */
  readonly xTitle?: string | undefined;
  readonly yAxis: Axis;
  readonly size: PanelSize;
  /** Different for each plot of a chart. */
  readonly id?: string;
  /** Whether values are written where lines end; they are unless this is `false`. */
  readonly endLabels?: boolean | undefined;
}

/** Lines with bands where there are deviations, lone values as points, the last values written at the ends. */
export function linesPanel(options: PanelOptions): Panel {
  const { series, quantity, xs, xTitle = EPOCH, yAxis, size, id = "plot", endLabels = true } = options;
  const xAxis = runAxis(xs, Math.floor(size.width / 55));
  const encoding = encodingOf(xAxis, options);
  const wanted = series.map(({ last }) => (1 - positionOn(yAxis, last.value)) * size.height);
  const shifts = labelShifts(wanted, size.height);
  return {
    ...size,
    layer: [
      ...baselineLayers(quantity.baseline, yAxis, encoding.y, size),
      ...series.map((one) => spreadLayer(one, encoding)).filter((layer) => layer !== undefined),
      {
        data: { values: series.flatMap(({ points }) => points) },
        mark: { type: "line", strokeWidth: 2, strokeJoin: "round", clip: false },
        encoding,
      },
      {
        data: { values: series.flatMap(({ isolated }) => isolated) },
        mark: { type: "point", filled: true, size: 48, opacity: 1 },
        encoding: { x: encoding.x, y: encoding.y, color: encoding.color },
      },
      ...(endLabels ? series.map((one, index) => endLabel(one, quantity, encoding, shifts[index])) : []),
      pointerLayer({ series, quantity, xs, title: xTitle, width: size.width, x: encoding.x, id }),
    ],
  };
}

type Encoding = ReturnType<typeof encodingOf>;

function encodingOf(xAxis: Axis, { series, styles, quantity, xTitle = EPOCH, yAxis, size }: PanelOptions) {
  const domain = Object.keys(styles);
  const lines = series.filter(isLine).map(({ name }) => name);
  const legend = lines.length === 0 ? null : legendOf(lines, size.width);
  const ranges = Object.values(styles);
  return {
    x: {
      field: "epoch",
      type: "quantitative" as const,
      scale: { domain: [...xAxis.domain], nice: false, zero: false },
      axis: { title: xTitle, ...tickMarks(xAxis) },
    },
    y: {
      field: "value",
      type: "quantitative" as const,
      scale: scaleOf(yAxis),
      axis: { title: axisTitle(quantity, yAxis), ...tickMarks(yAxis) },
    },
    color: {
      field: "series",
      type: "nominal" as const,
      scale: { domain, range: ranges.map(({ colour }) => colour) },
      legend,
    },
    strokeDash: {
      field: "series",
      type: "nominal" as const,
      scale: { domain, range: ranges.map(({ dash }) => [...dash]) },
      legend,
    },
  };
}

/** In one row, or in rows of equal length where the names are long. */
function legendOf(names: readonly string[], width: number) {
  const longest = Math.max(...names.map((name) => textWidth(name, 12.5)));
  const most = Math.max(1, Math.floor((width + 60) / (longest + 56)));
  const columns = Math.ceil(names.length / Math.ceil(names.length / most));
  return {
    symbolType: "stroke" as const,
    values: [...names],
    ...(columns < names.length && { columns }),
  };
}

/** A band of one deviation each way; a bar where the value stands alone. */
function spreadLayer({ points, isolated, style }: Series, encoding: Encoding): Layer | undefined {
  const ends = points.flatMap(({ epoch, value, deviation }) => {
    if (value === null || deviation === undefined) return [];
    return [{ epoch, low: value - deviation, high: value + deviation }];
  });
  if (ends.length === 0) return undefined;
  const y = { ...encoding.y, field: "low" };
  const encoded = { x: encoding.x, y, y2: { field: "high" } };
  const data = { values: ends };
  const { colour } = style;
  if (ends.length > isolated.length) {
    return { data, mark: { type: "area", color: colour, opacity: 0.2, line: false }, encoding: encoded };
  }
  return { data, mark: { type: "rule", color: colour, strokeWidth: 1.5 }, encoding: encoded };
}

/** The last value of a line, written where it ends; a lone point is named there, as it isn't in the legend. */
function endLabel(series: Series, quantity: Quantity, encoding: Encoding, shift = 0): Layer {
  const { last, name, style } = series;
  const value = formatSpread(quantity, last.value, last.deviation);
  const text = isLine(series) ? value : `${value} ${name.toLowerCase()}`;
  return {
    data: { values: [{ ...last, text }] },
    mark: {
      type: "text",
      align: "left",
      baseline: "middle",
      dx: 7,
      dy: shift,
      fontSize: 12,
      fontWeight: 600,
      color: style.colour,
    },
    encoding: {
      x: encoding.x,
      y: encoding.y,
      text: { field: "text", type: "nominal" },
    },
  };
}
