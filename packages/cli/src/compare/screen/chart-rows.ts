// The chart: the curves of all shown runs, one over the other.

import type { MetricInfo } from "@trainscope/core/events";
import { valueRange } from "@trainscope/core/history";
import { visible } from "@trainscope/core/text";
import type { Heading, PlotPoint, PlotSeries } from "@trainscope/tui/parts";
import {
  COLORS,
  centred,
  extentOf,
  isNumber,
  plot,
  type Row,
  type Run,
  resultRows,
  run,
  type Theme,
} from "@trainscope/tui/parts";
import { isDashed, type Look, looksOf } from "../../screens/looks.ts";
import type { Comparison, PlacedRun } from "../comparison.ts";
import {
  type Alignment,
  alignmentOf,
  axisInWords,
  type Curve,
  curveOf,
  positionOf,
  timeUnitFor,
} from "../curve.ts";
import type { ComparedResult } from "../results.ts";
import { bandOf } from "../run-group.ts";
import { type CompareView, type Shown, usesLog } from "./view.ts";

export interface ChartScene {
  readonly comparison: Comparison;
  readonly view: CompareView;
  readonly shown: Shown;
  readonly theme: Theme;
}

/** So many curves without a look are drawn, behind the others; more would only blacken the chart, and the canvas knows 255. */
const MOST_FAINT = 100;
/** Stands for the letter of a selected curve that has none. */
const SELECTED_LETTER = ">";

interface Drawn {
  readonly run: PlacedRun;
  readonly curve: Curve;
  readonly look: Look | undefined;
  readonly isStrong: boolean;
}

/** The plot, or why there is none. */
export function chartRows(scene: ChartScene, width: number, height: number): Row[] {
  const { comparison, view, shown, theme } = scene;
  const { metric, result, runs } = shown;
  if (result !== undefined) return selectedRows(shown, result, width, height, theme);
  if (metric === undefined) return centred("no run has a value yet", width, height);
  if (runs.length === 0) return centred("no run fits the filter", width, height);
  const drawn = drawnOf(scene, metric);
  if (drawn.length === 0)
    return centred(`no value of ${visible(metric.tag)} in the runs that are shown`, width, height);
  const { display, name, unit } = metric;
  const by = alignmentOf(comparison, view.by);
  const positive = drawn.some(({ curve }) => extentOf(curve.values).high > 0);
  return plot(
    [...drawn.flatMap((one) => edgesOf(one, metric)), ...drawn.map((one) => seriesOf(one, scene))],
    width,
    height,
    {
      epochs: [],
      firstEpoch: firstOf(drawn, by),
      lastEpoch: lastOf(drawn, by),
      kind: usesLog(view, metric) && positive ? "log" : "linear",
      range: valueRange(metric),
      baseline: display.baseline,
      // How the runs differ is what counts.
      leastShare: 0.8,
      axisName: by === "axis" && comparison.axis === "step" ? "step" : undefined,
      baselineName: name === "loss" || name === "accuracy" ? "chance" : "baseline",
      percent: unit === "fraction",
      ascii: theme.ascii,
      best: bestPoint(comparison, shown, by, metric, drawn),
    },
  );
}

/** Of one run at a time: laid over each other, matrices would hide each other. */
function selectedRows(
  { selected }: Shown,
  { tag }: ComparedResult,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const event = selected?.results.get(tag);
  if (selected === undefined) return centred("no run fits the filter", width, height);
  if (event === undefined) return centred(`${visible(selected.name)} has none`, width, height);
  return resultRows(event, selected.classNames, width, height, theme);
}

/** Whether the others alone make the axis: beside values without bounds that have grown beyond all measure they'd be flat. */
function cutsOff({ state }: PlacedRun, metric: MetricInfo | undefined): boolean {
  return state === "diverged" && (metric === undefined || valueRange(metric) === undefined);
}

/** The faint ones first, so that they lie below; pinned ones last, and one that is selected only to be seen. */
function drawnOf({ comparison, view, shown }: ChartScene, metric: MetricInfo): readonly Drawn[] {
  const { runs, selected } = shown;
  const { perSecond } = timeUnitFor(comparison.runs);
  const looks = looksOf(comparison.runs, runs, view.pinned);
  const all = runs.flatMap((run): Drawn[] => {
    const curve = curveOf(run, metric.tag, alignmentOf(comparison, view.by), perSecond);
    if (!curve.values.some(isNumber)) return [];
    const isStrong = view.pinned.size === 0 || view.pinned.has(run.key);
    return [{ run, curve, look: looks.get(run), isStrong }];
  });
  const isFront = ({ run, look }: Drawn): boolean => look !== undefined || run === selected;
  const rank = ({ look, isStrong }: Drawn): number => Number(isStrong) + 2 * Number(look === undefined);
  const front = all.filter(isFront).toSorted((one, other) => rank(one) - rank(other));
  return [...all.filter((one) => !isFront(one)).slice(0, MOST_FAINT), ...front];
}

function seriesOf({ run, curve, look, isStrong }: Drawn, { view, shown, theme }: ChartScene): PlotSeries {
  const isSelected = run === shown.selected;
  const isPinned = view.pinned.has(run.key);
  const letter = look?.letter ?? (isSelected ? SELECTED_LETTER : undefined);
  return {
    values: curve.values,
    epochs: curve.at,
    color: look?.color,
    bold: isPinned || (isSelected && isStrong),
    faint: letter === undefined || !(isStrong || isSelected),
    cut: cutsOff(run, shown.metric),
    dashed: look !== undefined && isDashed(look, theme.color),
    // Beside what is pinned other letters would only be in the way.
    label: isStrong || isSelected ? letter : undefined,
    mark: letter ?? ".",
    every: extentOf(curve.values).every,
  };
}

/** The edges of a mean's band, dotted, in its colour. */
function edgesOf({ run, curve, look }: Drawn, { tag }: MetricInfo): readonly PlotSeries[] {
  const band = look === undefined ? undefined : bandOf(run.group, tag, curve.values);
  if (band === undefined) return [];
  return [band.low, band.high].map((values) => ({
    values,
    epochs: curve.at,
    color: look?.color,
    dotted: true,
    every: extentOf(curve.values).every,
  }));
}

function firstOf(drawn: readonly Drawn[], by: Alignment): number {
  const first = Math.min(...drawn.map(({ curve }) => curve.at[0] ?? 1));
  return by === "time" ? 0 : first;
}

/** A run that goes on grows into free room, up to the last epoch that is planned. */
function lastOf(drawn: readonly Drawn[], by: Alignment): number {
  const ends = drawn.map(({ run, curve }) => {
    const done = curve.at.at(-1) ?? 1;
    const goesOn = run.state === "running" || run.state === "silent";
    return by === "axis" && goesOn ? Math.max(done, run.epochs.planned ?? 0) : done;
  });
  return Math.ceil(Math.max(1, ...ends));
}

/** Of all that are drawn. */
function bestPoint(
  comparison: Comparison,
  { best }: Shown,
  by: Alignment,
  { tag }: MetricInfo,
  drawn: readonly Drawn[],
): PlotPoint | undefined {
  const found = drawn.find(({ run }) => best.has(run));
  const value = found?.run.best.get(tag);
  if (found === undefined || value === undefined) return undefined;
  const at = positionOf(found.run, value.x, by, timeUnitFor(comparison.runs).perSecond);
  return { epoch: at, value: value.value, color: found.look?.color };
}

/** The metric, and what lies along the axis. */
export function chartHeading(scene: ChartScene, width: number): Heading {
  const { comparison, view, shown } = scene;
  const { metric, result } = shown;
  const place = placeOf(scene);
  if (result !== undefined)
    return { title: titleOf(result, width), legends: legendsOfResult(shown, result, place) };
  const isByTime = alignmentOf(comparison, view.by) === "time";
  const along = isByTime
    ? `by training time, ${timeUnitFor(comparison.runs).name}`
    : `by ${axisInWords(comparison)}`;
  const log = usesLog(view, metric) ? ", log axis" : "";
  const legend: Row = [run(along + log, { dim: true })];
  return { title: titleOf(metric, width), legends: [[...legend, place], legend] };
}

/** Which of how many metrics. */
function placeOf({ comparison: { metrics, results }, shown }: ChartScene): Run {
  const all: readonly { readonly tag: string }[] = [...metrics, ...results];
  const tag = (shown.result ?? shown.metric)?.tag;
  return run(`   metric ${all.findIndex((one) => one.tag === tag) + 1}/${all.length}`, { color: COLORS.brand });
}

/** Says which run's the result is, and after which epoch. */
function legendsOfResult({ selected }: Shown, { tag }: ComparedResult, place: Run): readonly Row[] {
  const event = selected?.results.get(tag);
  if (selected === undefined || event === undefined) return [[place]];
  const whose: Row = [run(`${visible(selected.name)}, epoch ${event.epoch}`, { dim: true })];
  return [[...whose, place], whose];
}

/** `Validation accuracy`, with its unit where the chart is wide enough. */
function titleOf(
  metric: (Pick<MetricInfo, "tag"> & { readonly unit?: string | null }) | undefined,
  width: number,
): string {
  if (metric === undefined) return "Chart";
  const words = visible(metric.tag.replace("/", " "));
  const { unit = null } = metric;
  const bare = unit === null || unit === "fraction" || width < 64;
  return words.charAt(0).toUpperCase() + words.slice(1) + (bare ? "" : ` (${visible(unit)})`);
}
