// A chart of one metric: train and validation in one plot, and a legend with their values.

import type { Axis } from "@trainscope/core/events";
import { valueRange } from "@trainscope/core/history";
import { mayTellMore } from "@trainscope/core/source";
import { visible } from "@trainscope/core/text";
import { extentOf } from "../chart/extent.ts";
import { plot } from "../chart/plot.ts";
import { epochAt, frameOf } from "../chart/plot-frame.ts";
import type { PlotOptions, PlotPoint, PlotSeries } from "../chart/plot-options.ts";
import { smooth } from "../chart/smooth.ts";
import { isNumber } from "../chart/values.ts";
import { windowOf } from "../chart/window.ts";
import type { Changeable } from "../model/changeable.ts";
import type { MetricGroup } from "../model/metrics.ts";
import type { Rect } from "../text/layout.ts";
import { centred, type Row } from "../text/rows.ts";
import { COLORS, type Glyphs, type Theme } from "../text/theme.ts";
import { nearestIndex, runSpan, windowAt } from "../view/run-span.ts";
import { chartLegends, type LegendOrder, missingNote } from "./chart-legends.ts";
import { baselineName, type ChartView, chartTitle, chartView, scaleOf } from "./chart-view.ts";
import { innerSize } from "./frame.ts";
import type { PanelSpec } from "./panel-spec.ts";
import type { Scene } from "./scene.ts";

/** A chart at its place, the crosshair put where it is clicked. */
export function chartPanel(
  scene: Scene,
  group: MetricGroup,
  rect: Rect,
  framed: boolean,
  order: LegendOrder = "names",
): PanelSpec {
  const { state, view, overlay, formats, theme } = scene;
  const { width, height } = rect;
  const title = chartTitle(group, width);
  const waits = mayTellMore(scene.source, state.phase === "ended");
  let made: ChartView | undefined;
  const shown = (): ChartView => {
    made ??= chartView(scene, group);
    return made;
  };
  const [innerWidth, innerHeight] = framed ? innerSize(width, height) : [width - 1, height - 1];
  return {
    name: `Chart of ${visible(group.name)}`,
    rect,
    framed,
    heading: () => ({ title, legends: chartLegends(shown(), width, formats, theme, order) }),
    draw: (columns, rows) => chartRows(shown(), columns, rows, theme, waits),
    click: (column, row) => {
      if (row < 0 || row >= innerHeight) return undefined;
      const crosshair = epochAtColumn(shown(), column, innerWidth, innerHeight, theme);
      if (crosshair === undefined) return undefined;
      // The window stays where it was when it was clicked into.
      const window = view.charts.window && windowAt(shown().span, runSpan({ state, overlay }));
      return { kind: "charts", choices: { crosshair, window } };
    },
    // The history grows in place: that there is something new, `recorded` tells.
    depends: [
      group.train,
      group.validation,
      group.test,
      group.rates?.length,
      width,
      height,
      framed,
      order,
      theme,
      formats,
      view.charts,
      overlay,
      state.run,
      state.recorded,
      state.newest,
      state.epochs,
      state.controls,
      state.phase === "ended",
      waits,
    ],
  };
}

/** Before the run has said which metrics it has, or where it never will. */
export function warmingUpPanel(title: string, rect: Rect, framed: boolean, waits: boolean): PanelSpec {
  const text = waits ? "warming up" : "no figure was told";
  const draw = (width: number, height: number) => centred(text, width, height);
  return {
    name: `Chart of ${title}`,
    rect,
    framed,
    heading: () => ({ title }),
    draw,
    depends: [title, rect.width, rect.height, waits],
  };
}

const ABSENT = {
  epoch: ["waiting for the first epoch to end", "no epoch here yet", "no epoch was told"],
  step: ["waiting for the first value", "no value here yet", "no value was told"],
} as const satisfies Record<Axis, readonly string[]>;

/** The plot, or what it waits for, where there may be more. */
function chartRows(view: ChartView, width: number, height: number, theme: Theme, waits: boolean): Row[] {
  const isBare = view.beneath.every(({ values }) => values.length === 0);
  if (!view.hasPoints && isBare) {
    const first =
      view.choices.window === undefined || view.curves.every(({ cell }) => cell.values.length === 0);
    const [waiting, none, never] = ABSENT[view.axis];
    return centred(!first ? none : waits ? waiting : never, width, height);
  }
  if (isBare && view.curves.every(({ values }) => extentOf(values).missing === values.length)) {
    return centred(missingNote(view) ?? "no value", width, height);
  }
  return plot(seriesOf(view, theme), width, height, optionsOf(view, height, theme));
}

/** The epoch or step with values next to a column of the plot; `undefined` outside of it. */
function epochAtColumn(
  view: ChartView,
  column: number,
  width: number,
  height: number,
  theme: Theme,
): number | undefined {
  if (width < 1 || height < 1) return undefined;
  const frame = frameOf(seriesOf(view, theme), width, height, optionsOf(view, height, theme));
  const inPlot = column - frame.gutter;
  if (inPlot < 0 || inPlot >= frame.columns) return undefined;
  const at = epochAt(frame, inPlot);
  const { first, last } = view.span;
  const near = view.curves.flatMap(({ x }) => x[nearestIndex(x, at) ?? -1] ?? []);
  return near
    .filter((x) => x >= first && x <= last)
    .toSorted((one, other) => Math.abs(one - at) - Math.abs(other - at))[0];
}

/** The other run's first, so that they lie beneath. */
function seriesOf(view: ChartView, theme: Theme): PlotSeries[] {
  const beneath = view.beneath.map(({ color, x: epochs, values }): PlotSeries => {
    return { color, epochs, values, every: extentOf(values).every, faint: true, mark: "." };
  });
  return [...beneath, ...ownSeries(view, theme)];
}

/** Where they are smoothed, the values themselves faint behind. */
function ownSeries({ curves, choices }: ChartView, theme: Theme): PlotSeries[] {
  const looks = curves.map(({ look, color, x, cell }) => ({
    color,
    epochs: x,
    every: extentOf(cell.values).every,
    ...MARKS[look],
    dashed: look === "validation" && !theme.color,
    dotted: look === "test" && !theme.color,
  }));
  const plain = curves.map(({ values }, index): PlotSeries => ({ ...looks[index], values }));
  if (choices.smoothing <= 0) return plain;
  const faint = plain.map(
    (series): PlotSeries => ({ ...series, faint: true, dashed: false, dotted: false, mark: "." }),
  );
  const smoothed = curves.map(({ cell, x, before }, index): PlotSeries => {
    // Over the whole run, so that a curve doesn't depend on the window it is seen through.
    const values = windowOf(smooth(cell.values, choices.smoothing), before, before + x.length);
    return { ...looks[index], values };
  });
  return [...faint, ...smoothed];
}

const MARKS = { train: { mark: "*" }, validation: { mark: "o" }, test: { mark: "x" } } as const;

function optionsOf(view: ChartView, height: number, theme: Theme): PlotOptions {
  const { group, axis, span, changes, crosshair, curves } = view;
  const { info } = group;
  const { display, unit } = info;
  const best = (curves.find(({ look }) => look === "validation") ?? curves[0])?.cell.best;
  return {
    epochs: [],
    axisName: axis === "epoch" ? undefined : axis,
    firstEpoch: span.first,
    lastEpoch: span.last,
    kind: scaleOf(view),
    range: valueRange(info),
    baseline: display.baseline,
    baselineName: baselineName(group),
    // In a low chart the curves need the room.
    leastShare: height < 14 ? 0.6 : 1 / 3,
    percent: unit === "fraction",
    ascii: theme.ascii,
    best: best && { epoch: best.x, value: best.value, color: COLORS.good },
    crosshair,
    crossings: crossings(view),
    changes: changes.map(({ at, setting }) => ({ at, sign: changeSign(setting, theme.glyphs) })),
  };
}

function crossings({ curves }: ChartView): PlotPoint[] {
  return curves.flatMap(({ cell, color, at = -1 }) => {
    const [value, epoch] = [cell.values[at], cell.x[at]];
    return isNumber(value) && epoch !== undefined ? [{ epoch, value, color }] : [];
  });
}

function changeSign(setting: Changeable, { eta, lambda }: Glyphs): string {
  const signs = { learningRate: eta, lambda, batchSize: "b", epochs: "n" };
  return signs[setting].charAt(0);
}
