// The exporter of what metrics come to that is no single number: a heat map of each matrix, a chart of each metric's curves, bars
// by class.
import type { Artifact, RunContext, StreamExporter } from "@trainscope/core";
import type { MetricResultEvent } from "@trainscope/core/events";
import { axisOf, newestX } from "@trainscope/core/history";
import { from } from "rxjs";
import { describeRun } from "../caption.ts";
import { barsSpecification } from "../charts/bars.ts";
import { renderChartTwice } from "../charts/render.ts";
import { resultSpecification } from "../charts/result-chart.ts";
import { fileNamePart } from "./file-name-part.ts";
import { createRecordings, type RecordedRun, whenAsked } from "./record.ts";
import { classVectors } from "./vectors.ts";
import { writePicture } from "./write-picture.ts";

/**
 * Writes `<metric>-<split>.svg` and, where node-canvas is installed, `.png` of the newest result of each metric that gives a matrix or curves, when the run
 * has ended, and whenever an export is asked for; and `<metric>-by-class` of each that gives a number a class, its splits side by side.
 */
export function resultsExporter(): StreamExporter {
  const recordingOf = createRecordings();
  return {
    name: "results",
    connect: (events, run) =>
      whenAsked(events, recordingOf(run), (recorded) => from(writeCharts(recorded, run))),
  };
}

/** Charts are made when it is their turn, and not while an event is being delivered. */
async function* writeCharts(recorded: RecordedRun, run: RunContext): AsyncGenerator<Artifact> {
  const { results, settings, start, history } = recorded;
  const caption = describeRun({ dataName: run.dataName, settings });
  for (const { name: metric, unit, series } of classVectors(start.metrics, history, run.classNames)) {
    const title = `${capitalised(metric)}, after ${axisOf(start)} ${newestX(history) ?? 0}`;
    const xTitle = unit === null ? capitalised(metric) : `${capitalised(metric)} (${unit})`;
    const spec = barsSpecification({ names: run.classNames, series, title, subtitle: caption, xTitle });
    const name = fileNamePart(`${metric}-by-class`);
    yield* writePicture({ kind: "results", title, name, drawn: await renderChartTwice(spec) }, run);
  }
  for (const result of results) {
    if (!hasNumbers(result)) continue;
    const title = `${capitalised(result.name)}, ${result.split}, after epoch ${result.epoch}`;
    const spec = resultSpecification(result, { title, subtitle: caption, classNames: run.classNames });
    const drawn = await renderChartTwice(spec);
    const name = fileNamePart(`${result.name}-${result.split}`);
    yield* writePicture({ kind: "results", title, name, drawn }, run);
  }
}

function hasNumbers({ value }: MetricResultEvent): boolean {
  return value.kind === "matrix"
    ? value.rows.some((row) => row.some((entry) => entry !== null))
    : value.curves.some(({ x, y }) => x.some((at, i) => at !== null && (y[i] ?? null) !== null));
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
}
