import fc from "fast-check";
import { Observable } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoint/checkpoint-file.ts";
import type { ScriptedControl } from "../control/script.ts";
import type { EngineFactory } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { isPersisted, type TrainingEvent } from "../events.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Artifact, Exporter } from "../plugins/exporter.ts";
import type { TrainSettings } from "../settings/settings.ts";
import { type ObservedOptions, observeRun, ofType } from "../testing/observed-run.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";

/** How far the weights, and what they were trained with, have moved since the pass before: it looks back. */
const drift: Metric<{ norm: number; before: number | null }> = {
  name: "drift",
  splits: ["validation"],
  direction: "none",
  init: (previous) => ({ norm: 0, before: previous?.norm ?? null }),
  update: (state, { parameters, learningRateSum, settings }) => ({
    ...state,
    norm: Math.hypot(...parameters.weights) + (learningRateSum ?? Number.NaN) + settings.lambda,
  }),
  result: ({ norm, before }) => (before === null ? null : norm - before),
  serialize: (state) => ({ norm: state.norm }),
  deserialize: (value) => ({ ...(value as { norm: number }), before: null }),
};

/** Fails in every third pass, until it is disabled. */
const moody: Metric<{ passes: number }> = {
  name: "moody",
  splits: ["train"],
  direction: "none",
  init: (previous) => ({ passes: (previous?.passes ?? 0) + 1 }),
  update(state) {
    if (state.passes === 3) throw new Error("not today");
    return state;
  },
  result: ({ passes }) => passes,
  serialize: (state) => state,
  deserialize: (value) => value as { passes: number },
};

/** Writes one file at the end: all epochs that it was told of, and the parameters. */
const gatherer: Exporter = {
  name: "gatherer",
  connect(events, run) {
    return new Observable<Artifact>((artifacts) => {
      const epochs: unknown[] = [];
      return events.subscribe((event) => {
        if (event.type === "epoch:end") epochs.push([event.epoch, event.metrics]);
        if (event.type !== "run:end") return;
        const text = JSON.stringify({ epochs, weights: [...run.parameters().weights] });
        void run.write("gathered.json", text).then((path) => {
          artifacts.next({ kind: "gathered", title: "Gathered", path });
          artifacts.complete();
        });
      });
    });
  },
};

interface Trained {
  readonly events: readonly TrainingEvent[];
  readonly parameters: readonly number[];
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  readonly checkpoints: readonly Checkpoint[];
}

async function trainWhole(options: ObservedOptions): Promise<Trained> {
  const files = new Map<string, Uint8Array | string>();
  const checkpoints: Checkpoint[] = [];
  const { events, parameters } = await observeRun({
    checkpointEvery: 1,
    metrics: [drift, moody],
    exporters: [gatherer],
    async write(name, content) {
      files.set(name, content);
      return `artifacts/${name}`;
    },
    async saveCheckpoint(checkpoint) {
      checkpoints.push(checkpoint);
      return "path";
    },
    ...options,
  });
  const written = checkpoints.map(async (checkpoint) => decodeCheckpoint(await encodeCheckpoint(checkpoint)));
  return {
    events: JSON.parse(JSON.stringify(events)),
    parameters,
    files,
    checkpoints: await Promise.all(written),
  };
}

/** All that a log keeps but times, and when checkpoints were on the disk. */
function outcomeOf({ events, parameters, files }: Omit<Trained, "checkpoints">) {
  const told = events
    .filter((event) => isPersisted(event) && event.type !== "checkpoint" && event.type !== "run:resume")
    .map((event) => ({ ...event, seq: 0, time: 0, runId: "", timing: 0, plugins: 0 }));
  return { told, parameters, files: [...files] };
}

/** The log as it is when a run that was resumed has ended. */
function logOf({ seq }: Checkpoint, before: Trained, after: Trained): readonly TrainingEvent[] {
  return [...before.events.filter((event) => event.seq < seq), ...after.events];
}

const settings = fc.record({
  epochs: fc.integer({ min: 1, max: 9 }),
  batchSize: fc.integer({ min: 5, max: 70 }),
  learningRate: fc.constantFrom(0.02, 0.4),
  flip: fc.constantFrom(0, 0.5),
  noise: fc.constantFrom(0, 8),
  schedule: fc.constantFrom<TrainSettings["schedule"]>({ kind: "constant" }, { kind: "cosine" }),
  keep: fc.constantFrom("last" as const, "best" as const),
  patience: fc.constantFrom(0, 0, 2),
});

const control: fc.Arbitrary<ScriptedControl["control"]> = fc.oneof(
  fc.record({ action: fc.constant("learningRate" as const), to: fc.constantFrom(0.001, 0.05, 0.3) }),
  fc.record({ action: fc.constant("lambda" as const), to: fc.constantFrom(0, 0.01, 0.2) }),
  fc.record({ action: fc.constant("batchSize" as const), to: fc.integer({ min: 1, max: 70 }) }),
  fc.constant({ action: "checkpoint" as const }),
);

/** Early in an epoch, where any batch size has a boundary; no two at one place. */
const script = fc.uniqueArray(
  fc.record({ epoch: fc.integer({ min: 1, max: 9 }), batch: fc.constantFrom(0, 1), control }),
  { maxLength: 5, selector: ({ epoch, batch }) => `${epoch}/${batch}` },
);

const inRun = (entries: readonly ScriptedControl[], epochs: number) =>
  entries.filter(
    ({ epoch, batch, control: { action } }) =>
      // An epoch of one batch has no other boundary within it, and a change at its end counts for the next.
      epoch < epochs || (epoch === epochs && batch === 0 && action !== "stop"),
  );

describe.each([
  ["reference", createReferenceEngine, 40],
  ["wasm", createWasmEngine({ threads: 2 }), 6],
])("%s", (_, create, numRuns) => {
  it("a run that goes on from any of its checkpoints comes to what it would have come to undisturbed, bit by bit", async () => {
    let resumed = 0;
    await fc.assert(
      fc.asyncProperty(
        settings,
        script,
        fc.option(fc.integer({ min: 1, max: 8 })),
        async (chosen, plan, stopIn) => {
          const entries = inRun(plan, chosen.epochs);
          const whole = await trainWhole({ settings: chosen, create, script: entries });
          const stop = { epoch: stopIn ?? 0, batch: 0, control: { action: "stop" } } as const;
          const before =
            stopIn === null || stopIn > chosen.epochs
              ? whole
              : await trainWhole({
                  settings: chosen,
                  create,
                  script: [
                    ...entries.filter(
                      ({ epoch, batch }) => epoch < stopIn || (epoch === stopIn && batch === 0),
                    ),
                    stop,
                  ],
                });
          for (const checkpoint of before.checkpoints) {
            const after = await trainWhole({
              resume: { checkpoint, events: before.events },
              create,
              script: entries,
            });
            resumed++;
            const outcome = outcomeOf({ ...after, events: logOf(checkpoint, before, after) });
            expect(outcome).toEqual(outcomeOf(whole));
            const [first] = after.events;
            expect(first).toMatchObject({ type: "run:resume", runId: checkpoint.runId, seq: checkpoint.seq });
          }
        },
      ),
      { numRuns },
    );
    expect(resumed).toBeGreaterThan(numRuns);
  });
});

const plain = { epochs: 4, batchSize: 20, learningRate: 0.05 };

/** An engine as another build of it would call itself. */
const built =
  (build: string): EngineFactory =>
  async (setup) => ({ ...(await createReferenceEngine(setup)), simd: "1024 bit", build });

async function checkpointsOf(options: ObservedOptions = {}) {
  const run = await trainWhole({ runId: "parent", settings: plain, ...options });
  return { run, at: (epoch: number) => run.checkpoints.find((taken) => taken.epoch === epoch) as Checkpoint };
}

describe("a run that is resumed", () => {
  it("has its settings changed again where the log says they were, past its checkpoint", async () => {
    const script = [
      { epoch: 2, batch: 1, control: { action: "checkpoint" } },
      { epoch: 2, batch: 1, control: { action: "lambda", to: 0.3 } },
      { epoch: 3, batch: 2, control: { action: "batchSize", to: 7 } },
      { epoch: 3, batch: 2, control: { action: "learningRate", to: 0.1 } },
    ] as const;
    const { run } = await checkpointsOf({ script, checkpointEvery: 0 });
    const [checkpoint] = run.checkpoints as [Checkpoint];
    const after = await trainWhole({ resume: { checkpoint, events: run.events } });
    expect(outcomeOf({ ...after, events: logOf(checkpoint, run, after) })).toEqual(outcomeOf(run));
  });

  it("takes more epochs, and is then what it would be with so many from the start", async () => {
    const { run, at } = await checkpointsOf();
    const after = await trainWhole({ resume: { checkpoint: at(4), events: run.events, epochs: 6 } });
    const longer = await trainWhole({ settings: { ...plain, epochs: 6 } });
    expect(after.parameters).toEqual(longer.parameters);
    expect(after.files).toEqual(longer.files);
    expect(ofType(after.events, "control")).toMatchObject([
      { action: "epochs", from: 4, to: 6, epoch: 4, batch: 3 },
    ]);
    expect(ofType(after.events, "epoch:end").map(({ epoch, epochs }) => [epoch, epochs])).toEqual([
      [5, 6],
      [6, 6],
    ]);
  });

  it("tells of its checkpoint's file, which the log has lost", async () => {
    const { run, at } = await checkpointsOf();
    const { events } = await trainWhole({ resume: { checkpoint: at(2), events: run.events, path: "a/file" } });
    expect(events[1]).toMatchObject({
      type: "checkpoint",
      epoch: 2,
      batch: 3,
      reason: "every",
      path: "a/file",
    });
  });

  it("says what computes it otherwise than before, by name, before it goes on, and is not refused", async () => {
    const { run, at } = await checkpointsOf({ create: built("1a2b") });
    const { events } = await trainWhole({
      resume: { checkpoint: at(2), events: run.events },
      create: built("3c4d"),
    });
    expect(events.slice(0, 3)).toMatchObject([
      { type: "run:resume", environment: { simd: "1024 bit", build: "3c4d" } },
      {
        type: "alert",
        level: "warning",
        code: "engine",
        message:
          "the last digits may be others than the run would have come to: build of the engine 1a2b before, 3c4d now",
      },
      { type: "epoch:start" },
    ]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
    // Later checkpoints are those of the new build.
    const later = await trainWhole({
      resume: { checkpoint: at(2), events: run.events },
      create: built("1a2b"),
    });
    expect(ofType(later.events, "alert")).toEqual(ofType(run.events, "alert"));
  });

  it("an exporter that asks for parameters of the past hears that they are gone, and no more", async () => {
    const { run, at } = await checkpointsOf();
    const asked: unknown[] = [];
    const curious: Exporter = {
      name: "curious",
      connect: (events, context) =>
        new Observable((artifacts) =>
          events.subscribe((event) => {
            if (event.type === "epoch:end" && event.epoch > 1)
              asked.push([event.epoch, context.parameters().classes]);
            if (event.type === "run:end") artifacts.complete();
          }),
        ),
    };
    const { events } = await trainWhole({
      resume: { checkpoint: at(2), events: run.events },
      exporters: [curious],
    });
    expect(asked).toEqual([
      [3, 3],
      [4, 3],
    ]);
    expect(ofType(events, "plugin:error").filter(({ plugin }) => plugin === "curious")).toMatchObject([
      { failures: 1, message: "the parameters of an epoch before the run was continued are gone" },
    ]);
  });

  it.each<[string, (run: Trained, checkpoint: Checkpoint) => ObservedOptions, string]>([
    [
      "a log that lacks an event",
      ({ events }, checkpoint) => ({ resume: { checkpoint, events: events.filter(({ seq }) => seq !== 1) } }),
      "it has 5 of the 6 events before that",
    ],
    ["an empty log", (_, checkpoint) => ({ resume: { checkpoint, events: [] } }), "it begins with nothing"],
    [
      "another run's log",
      ({ events }, checkpoint) => ({ resume: { checkpoint: { ...checkpoint, runId: "other" }, events } }),
      "it has an event of the run parent",
    ],
    [
      "other data",
      ({ events }, checkpoint) => ({
        resume: { checkpoint, events },
        dataset: createTinyDataset({ validation: 31 }),
      }),
      "the run's validation split has 30 images; that of tiny has 31",
    ],
    [
      "a metric less",
      ({ events }, checkpoint) => ({ resume: { checkpoint, events }, metrics: [drift] }),
      "the run has the metric train/moody, which no plugin gives now",
    ],
    [
      "a metric more",
      ({ events }, checkpoint) => ({
        resume: { checkpoint, events },
        metrics: [drift, moody, { ...drift, name: "new" }],
      }),
      "the run doesn't have the metric validation/new, which a plugin gives now",
    ],
    [
      "too few epochs",
      ({ events }, checkpoint) => ({ resume: { checkpoint, events, epochs: 1 } }),
      "epochs is 1; expected at least 2, where the run stands",
    ],
    [
      "an engine of other precision",
      ({ events }, checkpoint) => ({
        resume: { checkpoint, events },
        create: createWasmEngine({ threads: 1 }),
      }),
      "the run was trained in float64; the engine",
    ],
  ])("refuses %s", async (_, optionsOf, message) => {
    const { run, at } = await checkpointsOf();
    const resumed = trainWhole(optionsOf(run, at(2)));
    await expect(resumed).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: expect.stringContaining(message),
    });
  });
});

describe("a fork", () => {
  it("with no other settings comes to what its parent came to, and says where it is from", async () => {
    const { run, at } = await checkpointsOf({
      script: [{ epoch: 3, batch: 1, control: { action: "checkpoint" } }],
    });
    for (const checkpoint of [at(2), run.checkpoints.find(({ isWholeEpoch }) => !isWholeEpoch) as Checkpoint]) {
      const { epoch, batch } = checkpoint;
      const fork = await trainWhole({ runId: "child", fork: checkpoint });
      expect(fork.parameters).toEqual(run.parameters);
      expect(fork.events[0]).toMatchObject({
        type: "run:start",
        runId: "child",
        seq: 0,
        config: plain,
        parent: { runId: "parent", epoch, batch },
      });
      expect(ofType(fork.events, "epoch:start").map((event) => event.epoch)).toEqual([3, 4]);
      expect(ofType(fork.events, "epoch:end").map(({ metrics }) => metrics)).toEqual(
        ofType(run.events, "epoch:end")
          .slice(2)
          .map(({ metrics }) => metrics),
      );
    }
  });

  it("says what computes it otherwise than its parent, before it begins", async () => {
    const { at } = await checkpointsOf({ create: built("1a2b") });
    const { events } = await trainWhole({ fork: at(2), create: createReferenceEngine });
    expect(events[0]).toMatchObject({ type: "run:start", environment: { engine: "reference" } });
    const { events: other } = await trainWhole({ fork: at(2), create: built("3c4d") });
    expect(other[1]).toMatchObject({
      type: "alert",
      level: "warning",
      code: "engine",
      message: "the last digits may be others than its parent's: build of the engine 1a2b before, 3c4d now",
    });
  });

  it("takes other settings, and can itself be resumed", async () => {
    const { at } = await checkpointsOf();
    const other = { lambda: 0.3, batchSize: 7, epochs: 5, patience: 3 };
    const fork = await trainWhole({ fork: at(2), settings: other });
    expect(fork.events[0]).toMatchObject({ config: { ...plain, ...other } });
    const checkpoint = fork.checkpoints[0] as Checkpoint;
    const after = await trainWhole({ resume: { checkpoint, events: fork.events } });
    expect(outcomeOf({ ...after, events: logOf(checkpoint, fork, after) })).toEqual(outcomeOf(fork));
  });

  it("may have a metric more than its parent, and one less", async () => {
    const { at } = await checkpointsOf();
    const metrics = [drift, { ...drift, name: "new" }];
    const { events } = await trainWhole({ fork: at(2), metrics });
    const newest = ofType(events, "epoch:end").at(-1)?.metrics ?? {};
    expect(newest).toMatchObject({ "validation/new": expect.any(Number) });
    expect(newest).not.toHaveProperty("train/moody");
    expect(ofType(events, "alert").filter(({ code }) => code === "plugin")).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
  });

  it("refuses epochs that are over, and a model for other images", async () => {
    const { at } = await checkpointsOf();
    await expect(trainWhole({ fork: at(4) })).rejects.toThrow(
      "epochs is 4; expected at least 5, as the fork begins within or after epoch 4",
    );
    const dataset = createTinyDataset({ classes: 4 });
    await expect(trainWhole({ fork: at(2), dataset })).rejects.toThrow(
      "the checkpoint's model has 48 inputs and 3 classes; tiny has 48 and 4",
    );
  });
});
