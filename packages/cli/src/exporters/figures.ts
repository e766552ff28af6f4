// The figures of a run as CSV and as JSON lines, a line as soon as there is one.
import type { Artifact, RunContext, StreamExporter } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { toCsv } from "@trainscope/core/text";
import { epochHeader, epochRow } from "@trainscope/runs/export";
import { concatMap, filter, map, merge, mergeMap, type Observable, takeLast, tap } from "rxjs";
import { ResultTables } from "./result-tables.ts";

/**
 * Appends a row to `figures.csv` after each epoch: what metrics give that is a number, and those of classes and fields. Each
 * matrix, and all curves of a metric, have a file at the end, `<metric>-<split>.csv`.
 */
export function csvExporter(): StreamExporter {
  const { name, connect } = appending("csv", "figures.csv", "The figures as CSV", csvRows);
  return { name, connect: (events, run) => merge(connect(events, run), resultFiles(events, run)) };
}

function resultFiles(events: Observable<TrainingEvent>, run: RunContext): Observable<Artifact> {
  const results = new ResultTables();
  return events.pipe(
    tap((event) => results.take(event)),
    filter(({ type }) => type === "run:end"),
    mergeMap(() => results.tables()),
    concatMap(async ({ name, title, csv }) => ({
      kind: "figures",
      title,
      path: await run.write(`${name}.csv`, csv),
    })),
  );
}

/** Appends a line to `figures.jsonl` after each epoch, and one for each matrix and all curves of a metric. */
export function jsonLinesExporter(): StreamExporter {
  return appending("jsonl", "figures.jsonl", "The figures as JSON lines", () => jsonLineOf);
}

/** Told of its file once, when that is whole. */
function appending(
  name: string,
  file: string,
  title: string,
  create: () => (event: TrainingEvent) => string,
): StreamExporter {
  return {
    name,
    connect(events: Observable<TrainingEvent>, run: RunContext): Observable<Artifact> {
      return events.pipe(
        map(create()),
        filter((text) => text !== ""),
        mergeMap((text) => run.append(file, text)),
        takeLast(1),
        map((path) => ({ kind: "figures", title, path })),
      );
    },
  };
}

/** The header comes with the first row: before, nobody would find a figure in the file. */
function csvRows(): (event: TrainingEvent) => string {
  let declared: readonly string[] = [];
  let tags: readonly string[] | undefined;
  return (event) => {
    if (event.type === "run:start") {
      declared = event.metrics.filter(({ split }) => split !== "test").map(({ tag }) => tag);
    }
    if (event.type !== "epoch:end") return "";
    const isFirst = tags === undefined;
    // As they are told, and then those that have not been told yet.
    tags ??= [...new Set([...Object.keys(event.metrics), ...declared])];
    const header = epochHeader(tags);
    const text = toCsv(header, [epochRow(event, tags)]);
    return isFirst ? text : text.slice(toCsv(header, []).length);
  };
}

/** A figure without a value is left out. The figures of the test split are those of the end. */
export function jsonLineOf(event: TrainingEvent): string {
  switch (event.type) {
    case "epoch:end":
      return line(event.epoch, { ...event.metrics, learning_rate: event.learningRate });
    case "metric:result": {
      const { kind, ...value } = event.value;
      return line(event.epoch, { [event.tag]: { kind, ...value } });
    }
    case "run:end": {
      const ofTest = Object.entries(event.metrics).filter(([tag]) => tag.startsWith("test/"));
      return ofTest.length === 0 ? "" : line(event.keptEpoch ?? event.epochs, Object.fromEntries(ofTest));
    }
    default:
      return "";
  }
}

function line(epoch: number, figures: Readonly<Record<string, unknown>>): string {
  const known = Object.entries(figures).filter(([, value]) => value !== null);
  return `${JSON.stringify({ epoch, ...Object.fromEntries(known) })}\n`;
}
