// The curves of any number of runs in one chart, with their names and the settings that they differ in.
import type { MetricInfo, Axis as RunAxis } from "@trainscope/core";
import type { TopLevelSpec } from "vega-lite";
import { joinCaption } from "../caption.ts";
import { LINE_STYLES, type LineStyle } from "../theme.ts";
import { type Axis, axisOver, positionOn, runAxis, valueAxis } from "./axis.ts";
import { axisTitle, scaleOf, tickMarks, titleOfAxis } from "./axis-encoding.ts";
import { baselineLayers } from "./baseline.ts";
import { bestLayer, endLabelLayers, forkLayer, lineLayers } from "./compare-layers.ts";
import { type FigureOptions, frame, type PanelSize } from "./figure.ts";
import { extentsOf, type Point, type Series, seriesFrom } from "./points.ts";
import { describeQuantity, type Quantity } from "./quantity.ts";
import { textWidth } from "./text-width.ts";
import { requireValues } from "./values.ts";

/** A run's course of the metric. */
export interface ComparedCurve {
  /** No other has it. */
  readonly name: string;
  /** Told beside the name: the settings that set it apart. Empty where there are none. */
  readonly detail: string;
  /** Where each of the values lies, rising. */
  readonly at: readonly number[];
  /** As measured; `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** Whether the first of them is another run's, which this one goes on from. */
  readonly isForked: boolean;
  readonly best: { readonly at: number; readonly value: number } | undefined;
  /** Beside others it doesn't stretch an axis without bounds; what of it lies beyond theirs is cut off. */
  readonly hasDiverged?: boolean | undefined;
}

export interface CompareOptions extends FigureOptions {
  readonly metric: MetricInfo;
  /** As the metric asks for, or its values do, where it isn't given. */
  readonly scale?: "linear" | "log" | undefined;
  /** What `at` counts: epochs, steps, a unit of the time that training took, or what the title says. */
  readonly along: RunAxis | { readonly unit: string } | { readonly title: string };
  /** Where all runs have the same. */
  readonly dataName?: string | undefined;
  /** The settings of the runs that are told nothing else of. */
  readonly otherwise?: string | undefined;
}

/** A curve of the chart. */
export interface ComparedSeries extends Series {
  readonly curve: ComparedCurve;
  /** Whether some of it is off the axis. */
  readonly isCut?: boolean;
}

const SIZE: PanelSize = { width: 620, height: 340 };
/** Runs with a line of their own in the legend; each of the others is grey. */
const MOST_NAMED = 28;
/** Labels at the ends of more lines would hide the lines. */
const MOST_LABELLED = 14;
const LONGEST_ENTRY = 90;

/**
 * A colour and a dash a run, its best value marked and told beside its name; what comes after the first 28
 * runs is grey. Throws `BAD_OPTION` where no run has a value.
 */
export function compareSpecification(curves: readonly ComparedCurve[], options: CompareOptions): TopLevelSpec {
  const { metric, along, size = SIZE } = options;
  const quantity = quantityOf(options);
  const whole = curves.flatMap((curve, index) => seriesOf(curve, index, quantity));
  const title = options.title ?? `${quantity.title} of ${curves.length} runs`;
  requireValues(whole.length, metric.tag, title);
  const measured = whole.filter(({ curve }) => !curve.hasDiverged || quantity.range !== undefined);
  // How the runs differ is what counts: a baseline off the curves gets no part of the axis.
  const yAxis = valueAxis(
    extentsOf(measured.length > 0 ? measured : whole),
    { ...quantity, baseline: undefined },
    Math.floor(size.height / 45),
  );
  const series = whole.map((one) => cutTo(yAxis, one, quantity));
  const [named, grey] = [series.slice(0, MOST_NAMED), series.slice(MOST_NAMED)];
  const encoding = encodingOf(named, alongAxis(series, along, size), yAxis, options, quantity);
  // A label at the end of a line within the plot would lie on the lines that go on.
  const ended = named.filter(({ last, isCut }) => !isCut && positionOn(encoding.axis, last.epoch) > 0.99);
  const labels = ended.length <= MOST_LABELLED ? ended : [];
  return {
    ...frame({ title, subtitle: subtitleOf(curves, series, options), description: title, width: size.width }),
    ...size,
    layer: [
      ...baselineLayers(quantity.baseline, yAxis, encoding.y, size),
      ...lineLayers(named, grey, encoding),
      forkLayer(named, encoding),
      bestLayer(named, quantity.factor, encoding),
      ...endLabelLayers(labels, quantity, encoding, { yAxis, height: size.height }),
    ],
  };
}

/** Told by its split, too: "Validation accuracy". */
function quantityOf({ metric, scale }: CompareOptions): Quantity {
  const described = describeQuantity(metric.name, { metrics: [metric] });
  const words = { train: "Training", validation: "Validation", test: "Test" }[metric.split];
  const title = words === undefined ? described.title : `${words} ${described.title.toLowerCase()}`;
  return { ...described, title, scale: scale ?? described.scale };
}

function seriesOf(curve: ComparedCurve, index: number, quantity: Quantity): ComparedSeries[] {
  const { at, values } = curve;
  const { factor } = quantity;
  const name = entryOf(curve, quantity);
  const series = seriesFrom({ name, style: styleOf(index), epochs: at, values, factor });
  return series.map((one) => ({ ...one, curve }));
}

/** Without the points that lie off the axis. */
function cutTo(axis: Axis, series: ComparedSeries, { factor }: Quantity): ComparedSeries {
  const [low, high] = axis.domain;
  const isOn = (value: number): boolean => value >= low && value <= high;
  const { points, isolated, curve } = series;
  const shown = ({ value }: Point): boolean => value === null || isOn(value);
  if (points.every(shown)) return series;
  const best = curve.best && isOn(curve.best.value * factor) ? curve.best : undefined;
  return {
    ...series,
    points: points.map((point) => (shown(point) ? point : { ...point, value: null })),
    isolated: isolated.filter(shown),
    curve: { ...curve, best },
    isCut: true,
  };
}

/** `baseline: eta 0.01, batch 20 ★ 38.9 %` */
function entryOf({ name, detail, best }: ComparedCurve, { factor, format }: Quantity): string {
  const told = detail === "" ? name : `${name}: ${detail}`;
  const entry = told.length > LONGEST_ENTRY ? `${told.slice(0, LONGEST_ENTRY - 1)}…` : told;
  return best === undefined ? entry : `${entry} ★ ${format(best.value * factor)}`;
}

/** No two of so many runs as are named have both colour and dash in common. */
function styleOf(index: number): LineStyle {
  const count = LINE_STYLES.length;
  const colour = LINE_STYLES[index % count] as LineStyle;
  const dash = LINE_STYLES[(index + Math.floor(index / count)) % count] as LineStyle;
  return { colour: colour.colour, dash: dash.dash };
}

function alongAxis(series: readonly Series[], along: CompareOptions["along"], { width }: PanelSize): Axis {
  const ends = series.flatMap(({ points }) => [points[0]?.epoch ?? 0, points.at(-1)?.epoch ?? 0]);
  const most = Math.floor(width / 55);
  const last = ends.reduce((greatest, end) => Math.max(greatest, end), 0);
  if (isTime(along)) return axisOver([0, last > 0 ? last : 1], "linear", most);
  return runAxis([ends.reduce((least, end) => Math.min(least, end), last), last], most);
}

function isTime(along: CompareOptions["along"]): along is { readonly unit: string } {
  return typeof along !== "string" && "unit" in along;
}

function titleAlong(along: CompareOptions["along"]): string {
  if (typeof along === "string") return titleOfAxis(along);
  return isTime(along) ? `Time of training and evaluation (${along.unit})` : along.title;
}

export type CompareEncoding = ReturnType<typeof encodingOf>;

function encodingOf(
  named: readonly Series[],
  axis: Axis,
  yAxis: Axis,
  { along, size = SIZE }: CompareOptions,
  quantity: Quantity,
) {
  const domain = named.map(({ name }) => name);
  const legend = legendOf(domain, size.width);
  const title = titleAlong(along);
  return {
    axis,
    x: {
      field: "epoch",
      type: "quantitative" as const,
      scale: { domain: [...axis.domain], nice: false, zero: false },
      axis: { title, ...tickMarks(axis) },
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
      scale: { domain, range: named.map(({ style }) => style.colour) },
      legend,
    },
    strokeDash: {
      field: "series",
      type: "nominal" as const,
      scale: { domain, range: named.map(({ style }) => [...style.dash]) },
      legend,
    },
  };
}

/** Below the plot, where many long entries are not in its way. */
function legendOf(names: readonly string[], width: number) {
  const longest = Math.max(...names.map((name) => textWidth(name, 12.5)));
  return {
    symbolType: "stroke" as const,
    orient: "bottom" as const,
    direction: "horizontal" as const,
    columns: Math.max(1, Math.min(4, Math.floor((width + 60) / (longest + 60)))),
    labelLimit: 0,
    offset: 6,
  };
}

function subtitleOf(
  curves: readonly ComparedCurve[],
  series: readonly ComparedSeries[],
  { subtitle, dataName, otherwise = "" }: CompareOptions,
): string {
  const without = curves.length - series.length;
  const grey = series.length - MOST_NAMED;
  const marked = curves.some(({ best }) => best !== undefined);
  const forked = curves.some(({ isForked }) => isForked);
  return (
    subtitle ??
    joinCaption([
      dataName,
      otherwise === "" ? "" : `Unless told otherwise ${otherwise}`,
      marked ? "★ the best value of each run" : "",
      forked ? "○ where a fork leaves its parent" : "",
      series.some(({ isCut }) => isCut) ? "what has diverged is cut off" : "",
      without > 0 ? `${without} without a value` : "",
      grey > 0 ? `grey: ${grey} more` : "",
    ])
  );
}
