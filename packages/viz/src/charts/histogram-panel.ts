// One plot of counts in bins, an outline a series: what every histogram is made of.
import { INK, type LineStyle, SUBDUED } from "../theme.ts";
import type { Axis } from "./axis.ts";
import { scaleOf, tickMarks } from "./axis-encoding.ts";
import type { PanelSize } from "./figure.ts";
import type { Layer, Panel } from "./layer.ts";

export interface HistogramSeries {
  readonly name: string;
  readonly style: LineStyle;
  /** One a bin. */
  readonly counts: readonly number[];
}

export interface HistogramPanelOptions {
  /** Of the bins, rising, one more than there are. */
  readonly edges: readonly number[];
  readonly series: readonly HistogramSeries[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly size: PanelSize;
  /** Different for each plot of a chart. */
  readonly id: string;
  /** Above the plot, where there are several. */
  readonly title?: string | undefined;
}

/** One plot of counts by bins, an outline a series, without title. */
export function histogramPanel(options: HistogramPanelOptions): Panel {
  const { edges, series, size, title } = options;
  const { x, y } = encodingOf(options);
  const styled = styleOf(series);
  return {
    ...size,
    ...(title !== undefined && { title: titleOf(title) }),
    layer: [
      ...series.map(({ counts, style: { colour } }) => ({
        data: { values: outlineOf(edges, counts) },
        mark: {
          type: "area" as const,
          interpolate: "step-after" as const,
          color: colour,
          opacity: 0.2,
          tooltip: null,
        },
        encoding: { x, y },
      })),
      {
        data: {
          values: series.flatMap(({ name, counts }) =>
            outlineOf(edges, counts).map((point) => ({ ...point, series: name })),
          ),
        },
        mark: { type: "line", interpolate: "step-after", strokeWidth: 2, tooltip: null },
        encoding: { x, y, ...styled },
      },
      pointerLayer(options, x),
    ],
  };
}

/** A bin answers the pointer with its counts. Pictures don't show it. */
function pointerLayer({ edges, series, xTitle, yTitle, id }: HistogramPanelOptions, x: Field): Layer {
  return {
    data: { values: binsOf(edges, series) },
    params: [{ name: `pointed_${id}`, select: { type: "point", on: "pointerover", clear: "pointerout" } }],
    mark: { type: "rect", color: SUBDUED, aria: false },
    encoding: {
      x,
      x2: { field: "to" },
      opacity: { condition: { param: `pointed_${id}`, empty: false, value: 0.14 }, value: 0 },
      tooltip: [
        { field: "range", type: "nominal", title: xTitle },
        ...series.map(({ name }, place) => ({
          field: `s${place}`,
          type: "quantitative",
          title: series.length > 1 ? `${name} (${yTitle.toLowerCase()})` : yTitle,
          format: ",d",
        })),
      ],
    },
  } as Layer;
}

type Field = ReturnType<typeof encodingOf>["x"];

function encodingOf({ xTitle, yTitle, xAxis, yAxis }: HistogramPanelOptions) {
  return {
    x: {
      field: "from",
      type: "quantitative" as const,
      scale: scaleOf(xAxis),
      axis: { title: xTitle, ...tickMarks(xAxis) },
    },
    y: {
      field: "count",
      type: "quantitative" as const,
      scale: scaleOf(yAxis),
      axis: { title: yTitle, ...tickMarks(yAxis) },
    },
  };
}

function styleOf(series: readonly HistogramSeries[]) {
  const domain = series.map(({ name }) => name);
  const legend = series.length > 1 ? { symbolType: "stroke" as const, values: [...domain] } : null;
  const of = { field: "series", type: "nominal" as const };
  return {
    color: { ...of, scale: { domain, range: series.map(({ style }) => style.colour) }, legend },
    strokeDash: { ...of, scale: { domain, range: series.map(({ style }) => [...style.dash]) }, legend },
  };
}

function titleOf(text: string) {
  const placed = { anchor: "start" as const, offset: 8, frame: "group" as const };
  return { text, ...placed, fontSize: 13, fontWeight: 600 as const, color: INK };
}

/** Corners of the steps: each bin's start, and the end of the last. */
function outlineOf(edges: readonly number[], counts: readonly number[]) {
  return edges.map((from, bin) => ({ from, count: counts[bin] ?? counts.at(-1) ?? 0 }));
}

function binsOf(edges: readonly number[], series: readonly HistogramSeries[]) {
  return edges.slice(1).map((to, bin) => {
    const from = edges[bin] ?? to;
    return {
      from,
      to,
      range: `${shown(from)} to ${shown(to)}`,
      ...Object.fromEntries(series.map(({ counts }, place) => [`s${place}`, counts[bin] ?? 0])),
    };
  });
}

function shown(edge: number): string {
  return String(Number(edge.toPrecision(4)));
}
