// The curves of any number of runs in one chart, with their names and the settings that they differ in.
import { requireArgument } from "@trainscope/core/errors";
import { joinCaption } from "../caption.ts";
import { LINE_STYLES, type LineStyle } from "../theme.ts";
import { type Axis, positionOn, valueAxis } from "./axis.ts";
import { baselineLayers } from "./baseline.ts";
import { alongAxis, type CompareOptions, encodingOf, SIZE } from "./compare-encoding.ts";
import { bandLayers, bestLayer, endLabelLayers, forkLayer, lineLayers } from "./compare-layers.ts";
import type { ComparedCurve, ComparedSeries } from "./compared-curve.ts";
import { frame } from "./figure.ts";
import { extentsOf, type Point, seriesFrom } from "./points.ts";
import { describeQuantity, type Quantity } from "./quantity.ts";
import type { ChartSpecification } from "./specification.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

/** Runs with a line of their own in the legend; each of the others is grey. */
const MOST_NAMED = 28;
/** Labels at the ends of more lines would hide the lines. */
const MOST_LABELLED = 14;
const LONGEST_ENTRY = 90;

/**
 * A colour and a dash a run, its best value marked and told beside its name; what comes after the first 28
 * runs is grey. Throws `BAD_OPTION` where no run has a value.
 */
export function compareSpecification(
  curves: readonly ComparedCurve[],
  options: CompareOptions,
): ChartSpecification {
  requireArgument("compareSpecification", "curves", curves, "a list");
  requireArgument("compareSpecification", "options", options, "an object");
  const { metric, along, size = SIZE } = options;
  const quantity = quantityOf(options);
  const whole = curves.flatMap((curve, index) => seriesOf(curve, index, quantity));
  const isOfMeans = curves.length > 1 && curves.every(({ band }) => band !== undefined);
  const what = isOfMeans ? "means" : "runs";
  const title = options.title ?? `${quantity.title} of ${curves.length} ${what}`;
  requireValues(whole.length, metric.tag, title);
  const measured = whole.filter(({ curve }) => !curve.hasDiverged || quantity.range !== undefined);
  // How the runs differ is what counts: a baseline off the curves gets no part of the axis.
  const yAxis = valueAxis(
    [...extentsOf(measured.length > 0 ? measured : whole), ...bandExtents(measured, quantity)],
    { ...quantity, baseline: undefined },
    Math.floor(size.height / 45),
  );
  const series = whole.map((one) => cutTo(yAxis, one, quantity));
  const [named, grey] = [series.slice(0, MOST_NAMED), series.slice(MOST_NAMED)];
  const encoding = encodingOf(named, alongAxis(series, along, size), yAxis, options, quantity);
  // A label at the end of a line within the plot would lie on the lines that go on.
  const ended = named.filter(({ last, isCut }) => !isCut && positionOn(encoding.axis, last.epoch) > 0.99);
  const labels = ended.length <= MOST_LABELLED ? ended : [];
  return specification({
    ...frame({ title, subtitle: subtitleOf(curves, series, options), description: title, width: size.width }),
    ...size,
    layer: [
      ...baselineLayers(quantity.baseline, yAxis, encoding.y, size),
      ...bandLayers(named, quantity.factor, encoding, yAxis),
      ...lineLayers(named, grey, encoding),
      forkLayer(named, encoding),
      bestLayer(named, quantity.factor, encoding),
      ...endLabelLayers(labels, quantity, encoding, { yAxis, height: size.height }),
    ],
  });
}

/** As far as there are such values; on a logarithmic axis nothing lies below 0. */
function bandExtents(
  series: readonly ComparedSeries[],
  { factor, scale, range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] }: Quantity,
): readonly number[] {
  const [least, most] = range;
  return series
    .flatMap(({ curve: { band } }) => [...(band?.low ?? []), ...(band?.high ?? [])])
    .flatMap((value) => (value === null || (scale === "log" && value <= 0) ? [] : [value * factor]))
    .map((value) => Math.min(most, Math.max(least, value)));
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
  const text = detail === "" ? name : `${name}: ${detail}`;
  const entry = text.length > LONGEST_ENTRY ? `${text.slice(0, LONGEST_ENTRY - 1)}…` : text;
  return best === undefined ? entry : `${entry} ★ ${format(best.value * factor)}`;
}

/** No two of so many runs as are named have both colour and dash in common. */
function styleOf(index: number): LineStyle {
  const count = LINE_STYLES.length;
  const colour = LINE_STYLES[index % count] as LineStyle;
  const dash = LINE_STYLES[(index + Math.floor(index / count)) % count] as LineStyle;
  return { colour: colour.colour, dash: dash.dash };
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
      curves.some(({ band }) => band !== undefined)
        ? "Means of runs that differ in their seed, with their 95 % bands"
        : "",
      marked ? "★ the best value of each run" : "",
      forked ? "○ where a fork leaves its parent" : "",
      series.some(({ isCut }) => isCut) ? "what has diverged is cut off" : "",
      without > 0 ? `${without} without a value` : "",
      grey > 0 ? `grey: ${grey} more` : "",
    ])
  );
}
