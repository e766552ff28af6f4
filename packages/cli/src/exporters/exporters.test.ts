import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { train } from "@trainscope/core";
import type { EpochEndEvent, MetricResultEvent, RunEndEvent, TrainingEvent } from "@trainscope/core/events";
import { createTinyDataset, describeExporter } from "@trainscope/core/testing";
import { confusion, recall } from "@trainscope/metrics";
import { firstValueFrom, toArray } from "rxjs";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  csvExporter,
  jsonLinesExporter,
  notificationExporter,
  summaryExporter,
  templatesExporter,
  tensorBoardExporter,
} from "./index.ts";
import { recorderOf } from "./recorders.ts";
import { ResultTables } from "./result-tables.ts";

for (const create of [
  csvExporter,
  jsonLinesExporter,
  summaryExporter,
  templatesExporter,
  tensorBoardExporter,
]) {
  describeExporter(create);
}

/** Three epochs with a confusion matrix and a recall a class. */
const run = await trainWithAll();

async function trainWithAll() {
  const written = new Map<string, Uint8Array | string>();
  const events = train({
    dataset: createTinyDataset(),
    settings: { epochs: 3, batchSize: 20, schedule: { kind: "cosine" } },
    metrics: [confusion(), recall({ average: "none" })],
    exporters: [
      csvExporter(),
      jsonLinesExporter(),
      summaryExporter(),
      templatesExporter(),
      tensorBoardExporter(),
    ],
    write: async (name, content) => {
      written.set(name, content);
      return `memory/${name}`;
    },
    async append(name, text) {
      written.set(name, `${written.get(name)}${text}`);
      return `memory/${name}`;
    },
  });
  return { events: await firstValueFrom(events.pipe(toArray())), written };
}

const ofType = <Type extends TrainingEvent["type"]>(type: Type) =>
  run.events.filter((event): event is Extract<TrainingEvent, { type: Type }> => event.type === type);
const epochs: readonly EpochEndEvent[] = ofType("epoch:end");
const end: RunEndEvent = ofType("run:end")[0] ?? expect.fail();
const matrix: MetricResultEvent =
  ofType("metric:result").findLast(({ tag }) => tag === "validation/confusion") ?? expect.fail();

/** What `trainscope export` makes of the run's log, without its checkpoints. */
function afterwards(format: Parameters<typeof recorderOf>[0]) {
  const recorder = recorderOf(format);
  for (const event of run.events) recorder.take(event);
  return recorder.content();
}

it("the CSV has a row an epoch: its rate, each figure in full, a column a class", () => {
  const [header = "", ...rows] = String(run.written.get("figures.csv")).trimEnd().split("\r\n");
  const tags = Object.keys(epochs[0]?.metrics ?? {});
  expect(tags).toContain("validation/recall-per-class/class 0");
  expect(header.split(",")).toEqual(["epoch", "learning rate", ...tags, "training ms", "evaluation ms"]);
  expect(rows.map((row) => row.split(",").slice(0, -2).map(Number))).toEqual(
    epochs.map(({ epoch, learningRate, metrics }) => [epoch, learningRate, ...tags.map((tag) => metrics[tag])]),
  );
});

it("JSON lines have the epochs, matrices whole and the figures of the test, during the run as afterwards", () => {
  const text = run.written.get("figures.jsonl");
  const lines = String(text)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.filter((line) => "train/loss" in line)).toEqual(
    epochs.map(({ epoch, metrics, learningRate }) => ({ epoch, ...metrics, learning_rate: learningRate })),
  );
  expect(lines).toContainEqual({ epoch: 3, "validation/confusion": matrix.value });
  expect(lines.at(-1)).toMatchObject({ epoch: 3, "test/loss": end.metrics["test/loss"] });
  expect(text).toBe(afterwards("jsonl"));
});

it("the summary has the settings, the figures with their best, and the matrix by class", () => {
  const text = String(run.written.get("summary.md"));
  expect(text).toContain("It was completed after 3 epochs.");
  expect(text).toContain("| schedule | cosine |");
  expect(text).toMatch(/^\| validation\/accuracy \| [\d.]+ % \| [\d.]+ % \| [123] \|$/m);
  expect(text).toMatch(/^\| test\/accuracy \| [\d.]+ % \| {2}\| {2}\|$/m);
  const counts = matrix.value.kind === "matrix" ? (matrix.value.rows[0] ?? []) : [];
  expect(text).toMatch(
    new RegExp(
      `^## validation/confusion, after epoch 3\\n\\n.*\\n.*\\n\\| class 0 \\| ${counts.join(" \\| ")} \\|$`,
      "m",
    ),
  );
  expect(text).not.toContain("waiting for");
  expect(String(afterwards("markdown")).startsWith(text.slice(0, text.indexOf("## Files")).trimEnd())).toBe(
    true,
  );
});

it("names and messages from outside stay text in the summary", () => {
  const recorder = recorderOf("markdown");
  const [start] = ofType("run:start");
  if (start?.data === undefined) return expect.fail();
  recorder.take({ ...start, data: { ...start.data, name: "a|b <img src=x>\n# c" } });
  expect(recorder.content()).toContain("- a\\|b \\<img src=x\\> \\# c: ");
});

describe.skipIf(!hasPython())("TensorBoard's file, by a reader of a few lines of Python", () => {
  const file = [...run.written.keys()].find((name) => name.startsWith("tensorboard/")) ?? "";
  const read = readByPython(run.written.get(file) as Uint8Array);

  it("has a name by which TensorBoard finds it, and checksums that are right", () => {
    expect(file).toMatch(/^tensorboard\/events\.out\.tfevents\.\d+\.trainscope$/);
    expect(read.version).toBe("brain.Event:2");
  });

  it("has the figures as scalars, and the settings as hyperparameters", () => {
    const ofLoss = read.scalars.filter(([tag]) => tag === "validation/loss");
    expect(ofLoss.map(([, step]) => step)).toEqual([1, 2, 3]);
    for (const [index, [, , value]] of ofLoss.entries()) {
      expect(value).toBeCloseTo(epochs[index]?.metrics["validation/loss"] ?? Number.NaN, 6);
    }
    expect(read.scalars.map(([tag]) => tag)).toEqual(
      expect.arrayContaining(["learning_rate", "test/loss", "validation/recall-per-class/class 0"]),
    );
    expect(read.hparams).toMatchObject({
      epochs: 3,
      batchSize: 20,
      loss: "softmax",
      schedule: '{"kind":"cosine"}',
    });
  });

  it("has the weights of each epoch as an image a class and as a histogram, and the confusion as an image", () => {
    const { classNames, shape } = createTinyDataset();
    const tags = new Set(read.images.map(([tag]) => tag));
    expect([...tags]).toEqual(
      expect.arrayContaining(["validation/confusion", ...classNames.map((name) => `weights/${name}`)]),
    );
    const ofFirst = read.images.filter(([tag]) => tag === `weights/${classNames[0]}`);
    const width = shape.width * Math.ceil(128 / shape.width);
    expect(ofFirst).toEqual([1, 2, 3].map((step) => [`weights/${classNames[0]}`, step, width, width]));
    const weights = classNames.length * shape.width * shape.height * shape.channels;
    expect(read.histograms.map(([tag, step, , , count]) => [tag, step, count])).toEqual(
      [1, 2, 3].map((step) => ["weights", step, weights]),
    );
    expect(read.histograms.every(([, , least, greatest]) => least < 0 && greatest > 0)).toBe(true);
  });
});

it("the templates are a picture an epoch", () => {
  const png = Buffer.from(run.written.get("templates.png") as Uint8Array);
  const control = png.indexOf("acTL");
  expect(png.readUInt32BE(control + 4)).toBe(3);
});

it("a notification goes to a command when the run has ended, and a wrong target is refused", async () => {
  const home = mkdtempSync(join(tmpdir(), "trainscope-told-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const told = join(home, "told.js");
  writeFileSync(told, "process.exit(process.env.TRAINSCOPE_KIND === 'end' ? 0 : 1)");
  const exporter = notificationExporter({
    to: `"${process.execPath}" "${told}" && : > "${join(home, "done")}"`,
  });
  const events = train({ dataset: createTinyDataset(), settings: { epochs: 1 }, exporters: [exporter] });
  const all = await firstValueFrom(events.pipe(toArray()));
  expect(all.filter(({ type }) => type === "plugin:error")).toEqual([]);
  expect(readdirSync(home)).toContain("done");
  expect(() => notificationExporter({ to: "ftp://example.com" })).toThrow(
    /factory "notification": options\.to.*Expected bell/s,
  );
  expect(() => notificationExporter({ to: [] })).toThrow("expected at least one");
});

interface Read {
  readonly version: string;
  readonly scalars: readonly [string, number, number][];
  readonly images: readonly [string, number, number, number][];
  readonly histograms: readonly [string, number, number, number, number][];
  readonly hparams: Readonly<Record<string, unknown>>;
}

function readByPython(bytes: Uint8Array): Read {
  const home = mkdtempSync(join(tmpdir(), "trainscope-events-"));
  const path = join(home, "events");
  writeFileSync(path, bytes);
  const program = join(import.meta.dirname, "testing/read-events.py");
  const { stdout, stderr } = spawnSync("python3", [program, path], { encoding: "utf8" });
  rmSync(home, { recursive: true, force: true });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Read;
}

function hasPython(): boolean {
  const found = spawnSync("python3", ["--version"]).status === 0;
  if (!found) process.stderr.write("python3 is missing: the tests that it reads event files are skipped.\n");
  return found;
}

it("a matrix has a CSV of its own, its classes at its edges", () => {
  const { value } = matrix;
  if (value.kind !== "matrix") return expect.fail();
  const names = createTinyDataset().classNames;
  const lines = String(run.written.get("confusion-validation.csv")).trimEnd().split("\r\n");
  expect(lines[0]?.split(",").slice(1)).toEqual(names);
  expect(lines.slice(1)).toEqual(value.rows.map((row, index) => [names[index], ...row].join(",")));
  const told = ofType("artifact")
    .filter(({ plugin }) => plugin === "csv")
    .map(({ path }) => path);
  expect(told.sort()).toEqual([
    "memory/confusion-test.csv",
    "memory/confusion-validation.csv",
    "memory/figures.csv",
  ]);
});

it("curves are a line a place in theirs", () => {
  const tables = new ResultTables();
  const curves = [{ name: "cat", x: [0, 1], y: [0.5, null] }];
  tables.take({
    v: 1,
    seq: 1,
    runId: "run",
    time: 0,
    type: "metric:result",
    epoch: 2,
    tag: "validation/own ../roc",
    name: "own ../roc",
    split: "validation",
    display: { axes: ["false positives", "true positives"] },
    value: { kind: "curves", curves },
  });
  expect(tables.tables()).toEqual([
    {
      name: "own-roc-validation",
      title: "own ../roc, validation, after epoch 2",
      csv: "curve,false positives,true positives\r\ncat,0,0.5\r\ncat,1,\r\n",
    },
  ]);
});
