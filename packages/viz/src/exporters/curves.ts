// The exporter of learning curves: a chart a metric and one of the three built-in ones side by side.
import type { Artifact, RunContext, StreamExporter } from "@trainscope/core";
import { axisOf } from "@trainscope/core/history";
import { from } from "rxjs";
import { describeRun, joinCaption } from "../caption.ts";
import { combinedCurvesSpecification, curvesSpecification } from "../charts/curves.ts";
import { describeQuantity } from "../charts/quantity.ts";
import { renderChartTwice } from "../charts/render.ts";
import type { ChartSpecification } from "../charts/specification.ts";
import { fileNamePart } from "./file-name-part.ts";
import { createRecordings, hasValues, type RecordedRun, whenAsked } from "./record.ts";
import { vectorNames } from "./vectors.ts";
import { writePicture } from "./write-picture.ts";

const BUILT_IN = ["loss", "cost", "accuracy"];

interface Chart {
  readonly name: string;
  readonly title: string;
  readonly spec: ChartSpecification;
}

/**
 * Writes `curves.png`, `curves-loss.png`, `curves-cost.png`, `curves-accuracy.png`, one for each other metric that
 * doesn't ask to be left out, and an `.svg` of each, when the run has ended, and whenever an export is asked for. Charts
 * without a value are left out, and PNGs where node-canvas isn't installed.
 */
export function curvesExporter(): StreamExporter {
  const recordingOf = createRecordings();
  return {
    name: "curves",
    connect: (events, run) =>
      whenAsked(events, recordingOf(run), (recorded) => from(writeCharts(recorded, run))),
  };
}

function chartsOf({ start, settings, history, changes }: RecordedRun, run: RunContext): Chart[] {
  const options = {
    metrics: start.metrics,
    along: axisOf(start),
    classes: start.model?.classes,
    settings,
    subtitle: joinCaption([describeRun({ dataName: run.dataName, settings }), ...changes]),
  };
  // A number a class is drawn as bars.
  const vectors = vectorNames(start.metrics, run.classNames);
  const isOfVector = (name: string): boolean => vectors.some((vector) => name.startsWith(`${vector}/`));
  const charted = start.metrics
    .filter(({ name, display }) => display.chart !== false && !isOfVector(name))
    .map(({ name }) => name);
  const names = [...new Set([...BUILT_IN, ...charted])].filter((name) => hasValues(history, name));
  const combined = BUILT_IN.filter((name) => names.includes(name));
  const charts = names.map((quantity) => ({
    name: `curves-${fileNamePart(quantity)}`,
    title: `${describeQuantity(quantity, options).title} by ${options.along}`,
    spec: curvesSpecification(history, { ...options, quantity }),
  }));
  if (combined.length < 2) return charts;
  const spec = combinedCurvesSpecification(history, { ...options, quantities: combined });
  return [{ name: "curves", title: "Learning curves", spec }, ...charts];
}

/** Charts are made when it is their turn, and not while an event is being delivered. */
async function* writeCharts(recorded: RecordedRun, run: RunContext): AsyncGenerator<Artifact> {
  for (const { name, title, spec } of chartsOf(recorded, run)) {
    yield* writePicture({ kind: "curves", title, name, drawn: await renderChartTwice(spec) }, run);
  }
}
