// A run as a page of Markdown: what it was, what it came to, what was said of it.
import type { StreamExporter } from "@trainscope/core";
import type {
  AlertEvent,
  ArtifactEvent,
  ControlEvent,
  MetricInfo,
  MetricResultEvent,
  RunEndEvent,
  RunStartEvent,
  TrainingEvent,
} from "@trainscope/core/events";
import { appendValues, axisOf, bestOf, createHistory, isValuesEvent, newestX } from "@trainscope/core/history";
import { escapeMarkdown, formatMinute } from "@trainscope/core/text";
import { settingWords } from "@trainscope/runs/record";
import { formatMetric, formatNumber, formatX, NO_FORMATS } from "@trainscope/tui/text";
import { type Recorder, recordingExporter } from "./recording-exporter.ts";

/** Matrices with more columns are named, and not printed. */
const MOST_COLUMNS = 20;

/** Writes `summary.md`: settings, figures with their best and their test, matrices, and what was said. */
export function summaryExporter(): StreamExporter {
  return recordingExporter({
    name: "summary",
    file: "summary.md",
    kind: "summary",
    title: "The run in a page",
    create: () => new Summary(),
  });
}

/** A page made of a run's events. */
export class Summary implements Recorder {
  private readonly history = createHistory();
  private readonly results = new Map<string, MetricResultEvent>();
  private readonly alerts: AlertEvent[] = [];
  private readonly changes: ControlEvent[] = [];
  private readonly files: ArtifactEvent[] = [];
  private start: RunStartEvent | undefined;
  private end: RunEndEvent | undefined;

  take(event: TrainingEvent): void {
    if (event.type === "run:start") this.start ??= event;
    else if (isValuesEvent(event)) appendValues(this.history, event);
    else if (event.type === "metric:result") this.results.set(event.tag, event);
    // Who was waited for is of no use to who reads it afterwards.
    else if (event.type === "alert" && event.code !== "slow") this.alerts.push(event);
    else if (event.type === "artifact") this.files.push(event);
    else if (event.type === "control" && typeof event.to === "number") this.changes.push(event);
    else if (event.type === "run:end") this.end = event;
  }

  content(): string | undefined {
    const { start } = this;
    if (start === undefined) return undefined;
    const parts = [
      `# Run ${escapeMarkdown(start.runId)}`,
      this.ending(start),
      section("Data", this.data(start)),
      section("Settings", this.settings(start)),
      section("Figures", this.figures(start)),
      ...[...this.results.values()].map((result) => this.result(result, start)),
      section("What was said", list(this.alerts.map(({ message }) => message))),
      section(
        "Files",
        list([...new Map(this.files.map((file) => [file.path, `${file.title}: ${file.path}`])).values()]),
      ),
    ];
    return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
  }

  private ending(start: RunStartEvent): string {
    const { end, history } = this;
    const far = `${formatX(newestX(history) ?? 0)} ${axisOf(start)}s`;
    const how = end === undefined ? `It has come to ${far}.` : `It ${ENDINGS[end.reason]} after ${far}.`;
    const kept = end?.keptEpoch ?? null;
    const parameters =
      kept === null || kept === end?.epochs ? "" : ` Its parameters are those of epoch ${kept}.`;
    return `Begun ${formatMinute(start.time)}. ${how}${parameters}`;
  }

  private data({ data, environment }: RunStartEvent): string {
    if (data === undefined) return "";
    const { name, train, validation, test, classes, shape } = data;
    const split = `${train} images to train on, ${validation} to validate, ${test} to test`;
    const images = `${shape.width} x ${shape.height} x ${shape.channels}, of ${classes.length} classes: ${classes.join(", ")}`;
    const computed =
      environment === undefined
        ? []
        : [`computed by ${environment.engine} in ${environment.precision}, ${environment.threads} threads`];
    return list([`${name}: ${split}`, images, ...computed]);
  }

  private settings({ config }: RunStartEvent): string {
    const changed = this.changes.map(({ action, to, epoch }) => `${action} → ${to} in epoch ${epoch}`);
    const words = settingWords(config);
    if (words.length + changed.length === 0) return "";
    return [
      table(
        ["setting", "value"],
        words.map(([name, value]) => [name, value]),
      ),
      ...(changed.length > 0 ? [list(changed)] : []),
    ].join("\n\n");
  }

  private figures(start: RunStartEvent): string {
    const { history, end } = this;
    const rows = start.metrics.flatMap((info) => {
      const values = history.series.get(info.tag)?.values ?? [];
      const last = info.split === "test" ? (end?.metrics[info.tag] ?? null) : (values.at(-1) ?? null);
      const best = bestOf(history, info.tag, info.direction);
      if (last === null && best === undefined) return [];
      const isDirected = best !== undefined && info.split !== "test";
      return [
        [
          info.tag,
          formatted(info, last),
          isDirected ? formatted(info, best.value) : "",
          isDirected ? formatX(best.x) : "",
        ],
      ];
    });
    return rows.length === 0 ? "" : table(["figure", "last", "best", `at ${axisOf(start)}`], rows);
  }

  private result({ tag, epoch, value, display }: MetricResultEvent, start: RunStartEvent): string {
    const title = `${tag}, after epoch ${epoch}`;
    if (value.kind === "curves") {
      return section(title, list(value.curves.map(({ name, x }) => `${name}: ${x.length} places`)));
    }
    const { rows } = value;
    const columns = Math.max(0, ...rows.map(({ length }) => length));
    if (columns > MOST_COLUMNS) return section(title, `${rows.length} x ${columns} entries.`);
    const classes = start.data?.classes ?? [];
    const names = (count: number): readonly string[] =>
      classes.length === count ? classes : Array.from({ length: count }, (_, index) => String(index + 1));
    const head = display.axes === undefined ? "" : `${display.axes[1]} \\ ${display.axes[0]}`;
    const cells = rows.map((row, index) => [names(rows.length)[index] ?? "", ...row.map(cell)]);
    return section(title, table([head, ...names(columns)], cells));
  }
}

const ENDINGS: Readonly<Record<RunEndEvent["reason"], string>> = {
  completed: "was completed",
  stopped: "was stopped",
  "early-stop": "was stopped early",
  diverged: "diverged",
  failed: "failed",
};

function cell(entry: number | null): string {
  if (entry === null) return "";
  return Number.isInteger(entry) ? String(entry) : formatNumber(entry);
}

function formatted(info: MetricInfo, value: number | null): string {
  return value === null ? "" : formatMetric(info, value, NO_FORMATS);
}

function section(title: string, text: string): string {
  return text === "" ? "" : `## ${escapeMarkdown(title)}\n\n${text}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${escapeMarkdown(item)}`).join("\n");
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const aligned = header.map((_, column) => (column === 0 ? ":---" : "---:"));
  return [
    line(header.map(escapeMarkdown)),
    line(aligned),
    ...rows.map((row) => line(row.map(escapeMarkdown))),
  ].join("\n");
}
