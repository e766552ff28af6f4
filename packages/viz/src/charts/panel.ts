// One plot of a quantity over epochs, without title or legend text: what the single and the combined chart share.
import type { History } from "@trainscope/core";
import type { LayerSpec } from "vega-lite/types_unstable/spec/layer.js";
import { SPLIT_STYLES, SUBDUED } from "../theme.ts";
import { type Axis, epochAxis, positionOn, valueAxis } from "./axis.ts";
import { type Series, seriesOf } from "./points.ts";
import type { Quantity } from "./quantity.ts";

export type Panel = LayerSpec<string>;

/** CSS pixels of the plot itself, without axes. */
export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

type Layer = Panel["layer"][number];

/** CSS pixels from one label at the lines' ends to the next. */
const LABEL_HEIGHT = 15;

/** Lines of train and validation, and of test where there are any; `undefined` where no split has a value. */
export function panelOf(history: History, quantity: Quantity, size: PanelSize): Panel | undefined {
  const series = seriesOf(history, quantity.name, quantity.factor);
  if (series.length === 0) return undefined;
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const xAxis = epochAxis(history.epochs, Math.floor(size.width / 55));
  const yAxis = valueAxis(values, quantity, Math.floor(size.height / 45));
  const encoding = encodingOf(xAxis, yAxis, quantity, series);
  return {
    ...size,
    layer: [
      ...baselineLayers(quantity, yAxis, encoding, size),
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
      ...series.map((one, index) => endLabel(one, quantity, encoding, labelShifts(series, yAxis, size)[index])),
    ],
  };
}

type Encoding = ReturnType<typeof encodingOf>;

function encodingOf(xAxis: Axis, yAxis: Axis, quantity: Quantity, series: readonly Series[]) {
  // Every split keeps its colour in every plot, whichever of them are there.
  const styles = Object.values(SPLIT_STYLES);
  const domain = styles.map(({ label }) => label);
  const lines = series.filter(isLine).map(({ split }) => SPLIT_STYLES[split].label);
  const legend = lines.length === 0 ? null : { symbolType: "stroke" as const, values: lines };
  return {
    x: {
      field: "epoch",
      type: "quantitative" as const,
      scale: { domain: [...xAxis.domain], nice: false, zero: false },
      axis: { title: "Epoch", ...tickMarks(xAxis) },
    },
    y: {
      field: "value",
      type: "quantitative" as const,
      scale: { type: yAxis.scale, domain: [...yAxis.domain], nice: false },
      axis: { title: axisTitle(quantity, yAxis), ...tickMarks(yAxis) },
    },
    color: {
      field: "split",
      type: "nominal" as const,
      scale: { domain, range: styles.map(({ colour }) => colour) },
      legend,
    },
    strokeDash: {
      field: "split",
      type: "nominal" as const,
      scale: { domain, range: styles.map(({ dash }) => [...dash]) },
      legend,
    },
  };
}

/** `Loss (nats per image)`: a name with its unit; that the scale isn't the plain one is said too. */
function axisTitle({ title, unit }: Quantity, { scale }: Axis): string {
  const remarks = [unit, scale === "log" ? "log scale" : undefined].filter((remark) => remark !== undefined);
  return remarks.length === 0 ? title : `${title} (${remarks.join(", ")})`;
}

function tickMarks({ ticks, labels }: Axis) {
  const values = [...ticks];
  // Vega-Lite makes 1 the least step for whole numbers, by which Vega thins ticks that are given, too.
  if (typeof labels === "string") return { values, format: labels, tickMinStep: 0 };
  return { values, labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]` };
}

/** A series of lone points, as of one epoch or of the test at the end, is named where it stands, not in the legend. */
function isLine({ points, isolated }: Series): boolean {
  return points.filter(({ value }) => value !== null).length > isolated.length;
}

/** The last value of a line, written where it ends. */
function endLabel(series: Series, quantity: Quantity, encoding: Encoding, shift = 0): Layer {
  const { last, split } = series;
  const { colour, label } = SPLIT_STYLES[split];
  const text = isLine(series)
    ? quantity.format(last.value)
    : `${quantity.format(last.value)} ${label.toLowerCase()}`;
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
      color: colour,
    },
    encoding: {
      x: encoding.x,
      y: encoding.y,
      text: { field: "text", type: "nominal" },
    },
  };
}

/** How far, in pixels downwards, each label is moved from its line's end so that no two overlap. */
function labelShifts(series: readonly Series[], axis: Axis, { height }: PanelSize): number[] {
  const wanted = series.map(({ last }) => (1 - positionOn(axis, last.value)) * height);
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = order.map((index) => wanted[index] ?? 0);
  // Neighbours that are too close push each other apart, half the way each; a few rounds settle three labels.
  for (let round = 0; round < 20; round++) {
    for (let i = 1; i < placed.length; i++) {
      const [above = 0, below = 0] = [placed[i - 1], placed[i]];
      const overlap = LABEL_HEIGHT - (below - above);
      if (overlap <= 0) continue;
      placed[i - 1] = above - overlap / 2;
      placed[i] = below + overlap / 2;
    }
  }
  return wanted.map((from, index) => (placed[order.indexOf(index)] ?? from) - from);
}

/** A dotted line with its name; a note in its place where the line would be far off the curves. */
function baselineLayers(quantity: Quantity, axis: Axis, encoding: Encoding, size: PanelSize): Layer[] {
  const { baseline } = quantity;
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
        mark: { type: "rule", strokeWidth: 1.25, strokeDash: [2, 3], color: SUBDUED },
        encoding: { y: encoding.y },
      },
      { data, mark: { ...text, ...place }, encoding: { x, y: encoding.y, text: label } },
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
