// Learning curves as Vega-Lite specifications: plain data, made from a run's history without drawing anything.
import type { History } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import type { Axis, MetricInfo } from "@trainscope/core/events";
import { type Caption, describeRun } from "../caption.ts";
import { SPLIT_STYLES } from "../theme.ts";
import { valueAxis } from "./axis.ts";
import { titleOfAxis } from "./axis-encoding.ts";
import { frame, type PanelSize } from "./figure.ts";
import type { Panel } from "./layer.ts";
import { linesPanel } from "./panel.ts";
import { extentsOf, seriesOf, xsOf } from "./points.ts";
import { describeQuantity, type Quantity } from "./quantity.ts";
import type { ChartSpecification } from "./specification.ts";
import { specification } from "./vega-lite-checked.ts";

/** What `curvesSpecification` takes. */
export interface CurvesOptions extends Caption {
  /** "loss", "cost", "accuracy" or any other metric's name: the tag's part after `split/`. */
  readonly quantity: string;
  /** The run's metrics, as `run:start` lists them: their units, ranges and baselines. */
  readonly metrics?: readonly MetricInfo[] | undefined;
  /** What the run counts: epochs unless this is given. */
  readonly along?: Axis | undefined;
  /** Number of classes, for the line of chance under an accuracy. */
  readonly classes?: number | undefined;
  readonly title?: string | undefined;
  /** In place of the line that tells data and settings. */
  readonly subtitle?: string | undefined;
  /** CSS pixels of the plot, without axes. */
  readonly size?: PanelSize | undefined;
}

/** What `combinedCurvesSpecification` takes. */
export interface CombinedCurvesOptions extends Omit<CurvesOptions, "quantity"> {
  /** From left to right; those without a value are left out. */
  readonly quantities?: readonly string[] | undefined;
}

const SINGLE_SIZE: PanelSize = { width: 460, height: 280 };
const COMBINED_SIZE: PanelSize = { width: 250, height: 220 };
const COMBINED_QUANTITIES = ["loss", "cost", "accuracy"];

/**
 * One quantity over epochs or steps: a line a split, a gap where a value is `null`, a dotted line at the baseline.
 * Throws `BAD_OPTION` where the history has no value of the quantity.
 */
export function curvesSpecification(history: History, options: CurvesOptions): ChartSpecification {
  requireArgument("curvesSpecification", "history", history, "an object");
  requireArgument("curvesSpecification", "history.series", history.series, "an object");
  requireArgument("curvesSpecification", "options", options, "an object");
  const quantity = quantityOf(options.quantity, options);
  const size = options.size ?? SINGLE_SIZE;
  const panel = panelOf(history, quantity, size, options.along);
  if (panel === undefined) throw noValues(history, [options.quantity]);
  return specification({ ...frameOf(options, quantity.title, size.width), ...panel });
}

/**
 * Several quantities side by side under one title and one legend.
 * Throws `BAD_OPTION` where the history has no value of any of them.
 */
export function combinedCurvesSpecification(
  history: History,
  options: CombinedCurvesOptions = {},
): ChartSpecification {
  requireArgument("combinedCurvesSpecification", "history", history, "an object");
  requireArgument("combinedCurvesSpecification", "history.series", history.series, "an object");
  requireArgument("combinedCurvesSpecification", "options", options, "an object");
  const names = options.quantities ?? COMBINED_QUANTITIES;
  const size = options.size ?? COMBINED_SIZE;
  const panels = names.flatMap((name): Panel[] => {
    const panel = panelOf(history, quantityOf(name, options), size, options.along);
    return panel === undefined ? [] : [panel];
  });
  if (panels.length === 0) throw noValues(history, names);
  return specification({
    ...frameOf(options, "Learning curves", panels.length * size.width),
    hconcat: panels,
    spacing: 28,
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  });
}

/** Lines of train and validation, and of test where there are any; `undefined` where no split has a value. */
function panelOf(history: History, quantity: Quantity, size: PanelSize, along?: Axis): Panel | undefined {
  const series = seriesOf(history, quantity.name, quantity.factor);
  if (series.length === 0) return undefined;
  const yAxis = valueAxis(extentsOf(series), quantity, Math.floor(size.height / 45));
  const styles = Object.fromEntries(Object.values(SPLIT_STYLES).map((style) => [style.label, style]));
  const xs = xsOf(history, quantity.name);
  return linesPanel({
    series,
    styles,
    quantity,
    xs,
    xTitle: along && titleOfAxis(along),
    yAxis,
    size,
    id: quantity.name,
  });
}

function quantityOf(name: string, options: Omit<CurvesOptions, "quantity">): Quantity {
  const { metrics, classes, settings } = options;
  return describeQuantity(name, { metrics, classes, loss: settings?.loss });
}

function frameOf(options: Omit<CurvesOptions, "quantity">, defaultTitle: string, width: number) {
  const title = options.title ?? defaultTitle;
  const subtitle = options.subtitle ?? describeRun(options);
  return frame({ title, subtitle, description: `${title} by ${options.along ?? "epoch"}. ${subtitle}`, width });
}

function noValues(history: History, names: readonly string[]): TrainscopeError {
  const found = [...history.series.keys()].join(", ") || "none";
  return new TrainscopeError("BAD_OPTION", `no value of ${names.join(", ")} to draw; the tags are: ${found}`);
}
