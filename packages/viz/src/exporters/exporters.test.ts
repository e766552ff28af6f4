import type { Artifact, StreamExporter } from "@trainscope/core";
import type { MetricResultEvent, TrainingEvent } from "@trainscope/core/events";
import { firstValueFrom, from, of, Subject, toArray } from "rxjs";
import { describe, expect, test, vi } from "vitest";
import { renderWeightMontage } from "../pictures/weight-montage.ts";
import { CLASS_NAMES, METRICS, metric, RGB, recordingContext, runEvents } from "../testing/fixtures.ts";
import { curvesExporter } from "./curves.ts";
import { defaultExporters } from "./defaults.ts";
import { createRecordings, whenAsked } from "./record.ts";
import { resultsExporter } from "./results.ts";
import { weightsExporter } from "./weights.ts";

async function runThrough(exporter: StreamExporter, events: TrainingEvent[], context = recordingContext()) {
  const artifacts = await firstValueFrom(exporter.connect(from(events), context).pipe(toArray()));
  return { artifacts, files: context.files };
}

const namesOf = (files: ReadonlyMap<string, unknown>): string[] => [...files.keys()];

describe("curves", () => {
  test("a finished run gets a chart a metric and one of all three, as PNG and SVG, each an artifact", async () => {
    const { artifacts, files } = await runThrough(curvesExporter(), runEvents({ epochs: 3 }));
    expect(namesOf(files)).toEqual([
      "curves.png",
      "curves.svg",
      "curves-loss.png",
      "curves-loss.svg",
      "curves-cost.png",
      "curves-cost.svg",
      "curves-accuracy.png",
      "curves-accuracy.svg",
    ]);
    expect(artifacts.map(({ path }) => path)).toEqual(namesOf(files).map((name) => `artifacts/${name}`));
    expect(artifacts[0]).toEqual({
      kind: "curves",
      title: "Learning curves (PNG)",
      path: "artifacts/curves.png",
    });
    for (const [name, content] of files) {
      if (name.endsWith(".svg")) expect(content).toMatch(/^<svg /);
      else expect([...content.slice(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
    }
  });

  test("a stopped run gets them too; one without a finished epoch gets none", async () => {
    const stopped = await runThrough(curvesExporter(), runEvents({ epochs: 1, reason: "stopped" }));
    expect(stopped.files.size).toBe(8);
    const empty = await runThrough(curvesExporter(), runEvents({ epochs: 0, reason: "stopped" }));
    expect(empty).toMatchObject({ artifacts: [], files: new Map() });
  });

  test("data, settings, changes on the way and the test figure stand on the picture", async () => {
    const controls = [{ action: "learningRate" as const, from: 0.001, to: 0.0005, epoch: 2 }];
    const context = recordingContext(`<&"`);
    const { files } = await runThrough(curvesExporter(), runEvents({ epochs: 3, controls }), context);
    const svg = String(files.get("curves-accuracy.svg"));
    expect(svg).toContain("&lt;&amp;");
    expect(svg).toContain("λ = 0.1, η = 0.001, batch 100, seed 0");
    expect(svg.replace(/<[^>]*>/g, " ")).toMatch(/η → 0.0005 in +epoch 2/);
    expect(svg).toContain("39.0\u00a0% test");
  });

  test("a plugin's metric gets a chart unless it asks for none; its name stays a file's name", async () => {
    const metrics = [...METRICS, metric("../norm", {}), metric("hidden", { display: { chart: false } })];
    const [start, epoch, end] = runEvents({ epochs: 1, metrics });
    if (epoch?.type !== "epoch:end" || start === undefined || end === undefined) return expect.fail();
    const values = { ...epoch.metrics, "train/../norm": 3, "train/hidden": 4 };
    const { files } = await runThrough(curvesExporter(), [start, { ...epoch, metrics: values }, end]);
    expect(namesOf(files).slice(8)).toEqual(["curves--norm.png", "curves--norm.svg"]);
  });

  test("another program's run is drawn by what it told: its own settings, no chance, no unit that is ours", async () => {
    const header = { v: 1, runId: "run-1", time: 0 } as const;
    const metrics = [metric("loss", {}), metric("accuracy", { unit: "%" })];
    const config = { optimizer: "sgd" } as object;
    const { files } = await runThrough(curvesExporter(), [
      { ...header, seq: 0, type: "run:start", axis: "step", config, metrics },
      { ...header, seq: 1, type: "point", x: 10, metrics: { "train/loss": 2, "train/accuracy": 45 } },
      { ...header, seq: 2, type: "point", x: 20, metrics: { "train/loss": 1, "train/accuracy": 55 } },
      { ...header, seq: 3, type: "control", action: "export", from: null, to: null, epoch: 0, batch: 0 },
    ]);
    const words = (name: string) =>
      String(files.get(name))
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ");
    expect(words("curves-loss.svg")).toContain("Loss");
    expect(words("curves-loss.svg")).not.toContain("nats");
    expect(words("curves-accuracy.svg")).toMatch(/Accuracy \(%\)/);
    expect(words("curves-accuracy.svg")).not.toContain("Chance");
  });

  test("a metric without any value is left out", async () => {
    const [start, epoch, end] = runEvents({ epochs: 1, testMetrics: {} });
    if (epoch?.type !== "epoch:end" || start === undefined || end === undefined) return expect.fail();
    const metrics = { "train/loss": null, "train/cost": null, "train/accuracy": 0.1 };
    const { files } = await runThrough(curvesExporter(), [start, { ...epoch, metrics }, end]);
    expect(namesOf(files)).toEqual(["curves-accuracy.png", "curves-accuracy.svg"]);
  });
});

test("the test figures stand at the epoch whose parameters they are of", async () => {
  const pointOf = async (events: TrainingEvent[]) => {
    const recording = createRecordings()(recordingContext());
    const { history } = await firstValueFrom(whenAsked(from(events), recording, (run) => of(run)));
    return history.series.get("test/accuracy");
  };
  expect(await pointOf(runEvents({ epochs: 3 }))).toEqual({ x: [3], values: [0.39], total: 1 });
  expect(await pointOf(runEvents({ epochs: 3, keptEpoch: 2 }))).toEqual({ x: [2], values: [0.39], total: 1 });
});

describe("weights", () => {
  test("the montage is written with data, λ, η and epochs beneath its title", async () => {
    const { artifacts, files } = await runThrough(weightsExporter(), runEvents({ epochs: 3 }));
    expect(namesOf(files)).toEqual(["weights.png", "weights.svg"]);
    expect(artifacts.map(({ title }) => title)).toEqual(["Weight templates (PNG)", "Weight templates (SVG)"]);
    expect(files.get("weights.svg")).toContain("seeded · λ = 0.1, η = 0.001, 3 epochs");
  });

  test("a run that kept an earlier epoch's parameters says how many epochs they took", async () => {
    const { files } = await runThrough(weightsExporter(), runEvents({ epochs: 3, keptEpoch: 2 }));
    expect(files.get("weights.svg")).toContain("η = 0.001, 2 epochs");
  });

  test("it shows the weights as they were when run:end was delivered", async () => {
    const context = recordingContext();
    const events = new Subject<TrainingEvent>();
    const artifacts: Artifact[] = [];
    const finished = new Promise<void>((complete) => {
      weightsExporter()
        .connect(events, context)
        .subscribe({ next: (artifact) => artifacts.push(artifact), complete });
    });
    const before = context.weights.slice();
    for (const event of runEvents({ epochs: 2 })) {
      expect(context.files.size).toBe(0);
      events.next(event);
    }
    context.weights.fill(0);
    await finished;
    const svg = String(context.files.get("weights.svg"));
    const parameters = { classes: 10, inputs: 3072, weights: before };
    const expected = renderWeightMontage({ parameters, classNames: CLASS_NAMES, shape: RGB }, "svg");
    expect(svg.match(/href="[^"]*"/g)).toEqual(expected.match(/href="[^"]*"/g));
    expect(artifacts).toHaveLength(2);
  });
});

describe("an export that is asked for while the run goes on", () => {
  const [start, first, second, third, end] = runEvents({ epochs: 3 });
  const asking = (epoch: number, batch: number): TrainingEvent => ({
    v: 1,
    seq: 0,
    runId: "run-1",
    time: 0,
    type: "control",
    action: "export",
    from: null,
    to: null,
    epoch,
    batch,
  });

  function connect(exporter: StreamExporter, context = recordingContext()) {
    const events = new Subject<TrainingEvent>();
    const artifacts: Artifact[] = [];
    const ended = Promise.withResolvers<void>();
    exporter.connect(events, context).subscribe({
      next: (artifact) => artifacts.push(artifact),
      complete: ended.resolve,
      error: ended.reject,
    });
    const send = (...sent: (TrainingEvent | undefined)[]): void => {
      for (const event of sent) if (event !== undefined) events.next(event);
    };
    // Charts take seconds on a machine that is busy with something else.
    const written = (count: number) =>
      vi.waitFor(() => expect(artifacts).toHaveLength(count), { timeout: 15_000 });
    return { send, artifacts, written, ended: ended.promise, files: context.files, context };
  }

  test("writes what the end writes, of the epochs so far; the end writes it anew", async () => {
    const { send, written, artifacts, ended, files } = connect(curvesExporter());
    send(start, first, second, asking(3, 4));
    await written(8);
    const early = new Map(files);
    expect(String(early.get("curves-loss.svg"))).not.toContain("test");
    send(third, end);
    await ended;
    expect(artifacts.slice(8)).toEqual(artifacts.slice(0, 8));
    for (const [name, content] of early) expect(files.get(name)).not.toEqual(content);
  });

  test("shows the weights of that moment, and how far they were trained", async () => {
    const { send, written, files, context } = connect(weightsExporter());
    send(start, first, second, asking(3, 4));
    const parameters = { classes: 10, inputs: 3072, weights: context.weights.slice() };
    context.weights.fill(0);
    await written(2);
    const svg = String(files.get("weights.svg"));
    expect(svg).toContain("2 epochs and 4 batches");
    const expected = renderWeightMontage({ parameters, classNames: CLASS_NAMES, shape: RGB }, "svg");
    expect(svg.match(/href="[^"]*"/g)).toEqual(expected.match(/href="[^"]*"/g));
  });

  test("right after an epoch it is of whole epochs", async () => {
    const { send, written, files } = connect(weightsExporter());
    send(start, first, second, asking(2, 100));
    await written(2);
    expect(files.get("weights.svg")).toContain("2 epochs ·");
  });

  test("is nothing before the first epoch's end", async () => {
    const { send, artifacts, ended } = connect(weightsExporter());
    send(start, asking(1, 3), first, end);
    await ended;
    expect(artifacts).toHaveLength(2);
  });

  test("of many at once the first and the last are written", async () => {
    const { send, artifacts, ended, files } = connect(weightsExporter());
    send(start, first, asking(2, 1), asking(2, 2), asking(2, 3), asking(2, 4), second, third, end);
    await ended;
    expect(artifacts).toHaveLength(4);
    expect(files.get("weights.svg")).toContain("3 epochs ·");
  });

  test("one that fails leaves the pictures of the end whole, once the exporter is connected anew", async () => {
    const exporter = curvesExporter();
    const context = recordingContext();
    const failing = { ...context, write: context.write };
    failing.write = () => Promise.reject(new Error("disk full"));
    const before = connect(exporter, failing);
    before.send(start, first, second, asking(3, 4));
    await expect(before.ended).rejects.toThrow("disk full");
    failing.write = context.write;
    const after = connect(exporter, failing);
    after.send(third, end);
    await after.ended;
    expect(context.files.size).toBe(8);
    const { files } = await runThrough(curvesExporter(), runEvents({ epochs: 3 }));
    const drawn = [context, { files }].map((of) =>
      String(of.files.get("curves.svg")).replace(/clip\d+/g, "clip"),
    );
    expect(drawn[0]).toBe(drawn[1]);
  });
});

test("every setting that was changed on the way stands on the picture", async () => {
  const controls = (
    [
      ["batchSize", 100, 50],
      ["epochs", 3, 60],
      ["lambda", 0.1, 0],
    ] as const
  ).map(([action, from, to]) => ({ action, from, to, epoch: 2 }));
  const { files } = await runThrough(weightsExporter(), runEvents({ epochs: 3, controls }));
  expect(String(files.get("weights.svg")).replace(/<[^>]*>/g, " ")).toMatch(
    /λ → 0 in epoch 2 · batch → 50 in epoch 2 · epochs → 60 in epoch 2/,
  );
});

test("a file that can't be written is an error of the stream", async () => {
  const context = { ...recordingContext(), write: () => Promise.reject(new Error("disk full")) };
  for (const exporter of [curvesExporter(), weightsExporter()]) {
    const written = firstValueFrom(exporter.connect(from(runEvents({ epochs: 1 })), context));
    await expect(written).rejects.toThrow("disk full");
  }
});

test("one exporter can watch two runs, one after the other", async () => {
  const exporter = weightsExporter();
  await runThrough(exporter, runEvents({ epochs: 3 }));
  const { files } = await runThrough(exporter, runEvents({ epochs: 1 }));
  expect(files.get("weights.svg")).toContain("1 epoch ·");
});

test("the default exporters are curves, results and weights", () => {
  expect(defaultExporters().map(({ name }) => name)).toEqual(["curves", "results", "weights"]);
});

describe("results", () => {
  const about = { v: 1, seq: 0, runId: "run-1", time: 0, type: "metric:result" } as const;
  const told = (epoch: number, name: string, value: MetricResultEvent["value"]): MetricResultEvent => {
    return { ...about, epoch, tag: `test/${name}`, name, split: "test", display: {}, value };
  };

  test("the newest matrix and curves of each metric are drawn at the end, as PNG and SVG", async () => {
    const [start, epoch, end] = runEvents({ epochs: 1 }) as [TrainingEvent, TrainingEvent, TrainingEvent];
    const curve = { name: `<b>&`, x: [0, 1], y: [0, null] };
    const events = [
      start,
      epoch,
      told(1, "confusion", { kind: "matrix", rows: [[41]] }),
      told(2, "confusion", { kind: "matrix", rows: [[42]] }),
      told(2, "../roc", { kind: "curves", curves: [curve, curve] }),
      told(2, "nothing", { kind: "curves", curves: [] }),
      told(2, "empty", { kind: "matrix", rows: [[null]] }),
      end,
    ];
    const { artifacts, files } = await runThrough(resultsExporter(), events);
    expect(namesOf(files)).toEqual([
      "confusion-test.png",
      "confusion-test.svg",
      "-roc-test.png",
      "-roc-test.svg",
    ]);
    expect(artifacts[0]?.title).toBe("Confusion, test, after epoch 2 (PNG)");
    const svg = String(files.get("confusion-test.svg"));
    expect(svg).toContain(">42<");
    expect(svg).not.toContain(">41<");
    expect(String(files.get("-roc-test.svg"))).not.toContain("<b>");
  });
});

test("a number a class is bars by class, its splits side by side, and no chart of curves", async () => {
  const ofClass = (split: "validation" | "test") =>
    CLASS_NAMES.map((name) =>
      metric(`recall/${name}`, { tag: `${split}/recall/${name}`, split, direction: "max", unit: "fraction" }),
    );
  const metrics = [...METRICS, ...ofClass("validation"), ...ofClass("test")];
  const [start, epoch, end] = runEvents({ epochs: 1, metrics });
  if (epoch?.type !== "epoch:end" || start === undefined || end?.type !== "run:end") return expect.fail();
  const values = (split: string) =>
    Object.fromEntries(CLASS_NAMES.map((name, index) => [`${split}/recall/${name}`, index / 10]));
  const events = [
    start,
    { ...epoch, metrics: { ...epoch.metrics, ...values("validation") } },
    { ...end, metrics: { ...end.metrics, ...values("test") } },
  ];
  const { artifacts, files } = await runThrough(resultsExporter(), events);
  expect(namesOf(files)).toEqual(["recall-by-class.png", "recall-by-class.svg"]);
  expect(artifacts[0]?.title).toBe("Recall, after epoch 1 (PNG)");
  const svg = String(files.get("recall-by-class.svg"));
  for (const text of [...CLASS_NAMES, "validation", "test"]) expect(svg).toContain(text);
  const curves = await runThrough(curvesExporter(), events);
  expect(namesOf(curves.files).filter((name) => name.includes("recall"))).toEqual([]);
});
