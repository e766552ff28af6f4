import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import type { ShownEvent } from "@trainscope/core/source";
import { eventRecord, fileHeader } from "@trainscope/formats/tensorboard";
import { panelRows } from "@trainscope/tui/parts";
import {
  addToDashboard,
  type DashboardState,
  FIRST_VIEW,
  initialState,
  sceneOf,
  screenPanels,
  TAB_NAMES,
} from "@trainscope/tui/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type WatchOptions, watchPath, watchStream } from "./watched-source.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-watch-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Written so long ago that nothing more of it is waited for. */
function put(name: string, content: string | Uint8Array, age = 60): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const time = Date.now() / 1000 - age;
  utimesSync(path, time, time);
  return path;
}

/** What a dashboard makes of it, as it stands. */
function follow(path: string, options: WatchOptions = {}) {
  let state = initialState();
  let failure: unknown;
  const restarts: number[] = [];
  let told = 0;
  const subscription = watchPath(path, { pollMs: 1, ...options }).subscribe({
    next(event) {
      told++;
      if (event.type === "restart") restarts.push(told);
      state = addToDashboard(state, event);
    },
    error: (error: unknown) => {
      failure = error;
    },
  });
  onTestFinished(() => subscription.unsubscribe());
  return {
    restarts,
    failure: () => failure,
    count: () => state.history.series.get("train/loss")?.x.length,
    logs: (text: string) => vi.waitFor(() => expect(logOf(state)).toContain(text), WAIT),
    draws: (curves: Record<string, [number, number | null][]>) =>
      vi.waitFor(() => expect(curvesOf(state)).toEqual(curves), WAIT),
  };
}

const WAIT = { timeout: 20_000, interval: 5 };

function curvesOf({ history }: DashboardState): Record<string, [number, number | null][]> {
  return Object.fromEntries(
    [...history.series].map(([tag, { x, values }]) => [
      tag,
      x.map((at, index): [number, number | null] => [at, values[index] ?? null]),
    ]),
  );
}

function logOf({ log }: DashboardState): string {
  return log.map(({ text }) => text).join("\n");
}

const line = (epoch: number, loss: number): string => `{"epoch": ${epoch}, "loss": ${loss}}\n`;

describe("a file", () => {
  it("is waited for, and followed as it grows", async () => {
    const path = join(folder, "run.jsonl");
    const { logs, draws } = follow(path);
    await logs("run.jsonl, which isn't there yet");
    writeFileSync(path, line(1, 3) + line(2, 2));
    await draws({
      "train/loss": [
        [1, 3],
        [2, 2],
      ],
    });
    appendFileSync(path, `${line(3, 1)}{"epo`);
    await draws({
      "train/loss": [
        [1, 3],
        [2, 2],
        [3, 1],
      ],
    });
  });

  it("that lacks its last line end is told whole, and a single line needs no second", async () => {
    const { draws } = follow(put("run.csv", "epoch,loss\n1,0.5"));
    await draws({ "train/loss": [[1, 0.5]] });
  });

  it("whose last line goes on is read anew, and not guessed at a second time", async () => {
    const path = put("run.txt", "epoch 1 loss 0.5\nepoch 2 loss 0.25\nepoch 3 loss 0.1");
    const { draws, restarts, logs } = follow(path);
    const first: [number, number][] = [
      [1, 0.5],
      [2, 0.25],
    ];
    await draws({ "train/loss": [...first, [3, 0.1]] });
    appendFileSync(path, "25\nepoch 4 loss 0.0");
    utimesSync(path, 1, 1);
    await draws({ "train/loss": [...first, [3, 0.125]] });
    expect(restarts).toHaveLength(1);
    await logs("half a line");
    appendFileSync(path, "625\n");
    await draws({ "train/loss": [...first, [3, 0.125], [4, 0.0625]] });
    expect(restarts).toHaveLength(1);
  });

  it("whose last line had only no end yet goes on as it was", async () => {
    const path = put("run.jsonl", line(1, 3) + line(2, 2).trimEnd());
    const { draws, restarts } = follow(path);
    await draws({
      "train/loss": [
        [1, 3],
        [2, 2],
      ],
    });
    appendFileSync(path, `\n${line(3, 1)}`);
    await draws({
      "train/loss": [
        [1, 3],
        [2, 2],
        [3, 1],
      ],
    });
    expect(restarts).toEqual([]);
  });

  it.each([
    ["cut short", (path: string) => writeFileSync(path, line(1, 8) + line(2, 7))],
    [
      "rotated",
      (path: string) => {
        renameSync(path, `${path}.1`);
        writeFileSync(path, line(1, 8) + line(2, 7));
      },
    ],
  ])("that is %s is read anew, and it is said", async (_, change) => {
    const path = put("run.jsonl", [1, 2, 3, 4].map((epoch) => line(epoch, 1)).join(""));
    const { draws, logs } = follow(path);
    await draws({
      "train/loss": [
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 1],
      ],
    });
    change(path);
    await draws({
      "train/loss": [
        [1, 8],
        [2, 7],
      ],
    });
    await logs("run.jsonl was replaced or cut short, and is read anew");
  });

  it("that is rotated to one of another format is read as that, however long it was", async () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => `${index + 1},0.5\n`).join("");
    const path = put("run.log", `epoch,loss\n${rows}`);
    const { draws, count } = follow(path);
    await vi.waitFor(() => expect(count()).toBe(12_000), WAIT);
    renameSync(path, `${path}.1`);
    writeFileSync(path, line(1, 8) + line(2, 7) + " ".repeat(70_000));
    await draws({
      "train/loss": [
        [1, 8],
        [2, 7],
      ],
    });
  });

  it("that is written anew as a whole goes on where it holds what it held", async () => {
    const state = (...losses: readonly number[]): string =>
      JSON.stringify(
        { log_history: losses.map((loss, index) => ({ step: 10 * (index + 1), loss })) },
        undefined,
        2,
      );
    const path = put("trainer_state.json", state(3, 2));
    const { draws, restarts } = follow(path);
    await draws({
      "train/loss": [
        [10, 3],
        [20, 2],
      ],
    });
    // As it is while another program writes it.
    writeFileSync(path, state(3, 2, 1).slice(0, 40));
    writeFileSync(path, state(3, 2, 1));
    await draws({
      "train/loss": [
        [10, 3],
        [20, 2],
        [30, 1],
      ],
    });
    expect(restarts).toEqual([]);
    put("trainer_state.json", state(9));
    await draws({ "train/loss": [[10, 9]] });
    expect(restarts).toHaveLength(1);
  });

  it("of no format, and what is no file, fails with what it is", async () => {
    const binary = follow(put("model.pt", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)));
    await vi.waitFor(() =>
      expect(binary.failure()).toMatchObject({
        code: "BAD_OPTION",
        message: expect.stringContaining("ZIP archive"),
      }),
    );
    expect(() => follow(put("a.txt", "x"), { format: "xml" })).not.toThrow();
  });

  it("is read by a pattern with named groups", async () => {
    const path = put("run.txt", "at 10 we have 3.5 bits\nat 20 we have 2.5 bits\n");
    const { draws } = follow(path, { pattern: /at (?<step>\d+) we have (?<val_bits>\S+)/ });
    await draws({
      "validation/bits": [
        [10, 3.5],
        [20, 2.5],
      ],
    });
  });
});

describe("a folder", () => {
  const events = (...losses: readonly number[]): Uint8Array =>
    Buffer.concat([
      fileHeader(1),
      ...losses.map((value, step) =>
        eventRecord({ wallTime: 1, step, values: [{ kind: "scalar", tag: "epoch_loss", value }] }),
      ),
    ]);

  it("shows the newest run in it, says what it found, and takes in files that join the run", async () => {
    put("run/train/events.out.tfevents.1.a", events(4, 2));
    put("old/train/events.out.tfevents.0.a", events(9), 100);
    const { draws, logs } = follow(folder);
    const train: [number, number][] = [
      [0, 4],
      [1, 2],
    ];
    await draws({ "train/epoch_loss": train });
    await logs("run/train/events.out.tfevents.1.a read as tensorboard");
    await logs("not shown: old/train/events.out.tfevents.0.a");
    put("run/validation/events.out.tfevents.2.a", events(5, 3), 0);
    await draws({
      "train/epoch_loss": train,
      "validation/epoch_loss": [
        [0, 5],
        [1, 3],
      ],
    });
  });

  it("of which one file is replaced is told anew, all of it", async () => {
    put("run/train/events.out.tfevents.1.a", events(4, 2));
    put("run/validation/events.out.tfevents.2.a", events(5, 3));
    const { draws, restarts } = follow(folder);
    const validation: [number, number][] = [
      [0, 5],
      [1, 3],
    ];
    await draws({
      "train/epoch_loss": [
        [0, 4],
        [1, 2],
      ],
      "validation/epoch_loss": validation,
    });
    put("run/train/events.out.tfevents.1.a", events(7), 0);
    await draws({ "train/epoch_loss": [[0, 7]], "validation/epoch_loss": validation });
    expect(restarts).toHaveLength(1);
  });

  it("is waited for, and a log in it", async () => {
    const { logs, draws } = follow(join(folder, "runs"));
    await logs("runs, which isn't there yet");
    mkdirSync(join(folder, "runs"));
    // It is looked through before there is anything in it.
    await new Promise((resolve) => setTimeout(resolve, 200));
    put("runs/one/log.jsonl", line(1, 3) + line(2, 2));
    await draws({
      "train/loss": [
        [1, 3],
        [2, 2],
      ],
    });
  });

  it("without a log says so, and is looked through again", async () => {
    const { logs, draws } = follow(folder);
    await logs("holds no log of a training that is read; waiting for one");
    put("log.jsonl", line(1, 3));
    await draws({ "train/loss": [[1, 3]] });
  });
});

describe("a stream", () => {
  async function watch(bytes: readonly (string | Uint8Array)[]): Promise<ShownEvent[]> {
    const stream = new PassThrough();
    const events: ShownEvent[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      watchStream(stream, { now: () => 1000 }).subscribe({
        next: (event) => void events.push(event),
        error: reject,
        complete: resolve,
      });
    });
    for (const part of bytes) stream.write(part);
    stream.end();
    await ended;
    return events;
  }

  it("tells a histogram, and tells it again where the run is told anew", async () => {
    const histogram = { kind: "histogram", tag: "weights", edges: [-1, 0, 1], counts: [3, 4] } as const;
    const losses = [1, 2, 3, 1, 2].map((step) =>
      eventRecord({ wallTime: step, step, values: [{ kind: "scalar", tag: "loss", value: 0.5 }] }),
    );
    const drawn = eventRecord({ wallTime: 1, step: 1, values: [histogram] });
    const events = await watch([fileHeader(0), drawn, ...losses]);
    const { kind: _, ...drawing } = histogram;
    const restart = events.findIndex(({ type }) => type === "restart");
    expect(restart).toBeGreaterThan(0);
    for (const part of [events.slice(0, restart), events.slice(restart)])
      expect(part).toContainEqual({ type: "drawing", step: 1, ...drawing });
  });

  it("that floods leaves a turn to the screen and the keys after each piece", async () => {
    const pieces = 40;
    const stream = new PassThrough({ highWaterMark: 1 << 20 });
    for (let epoch = 1; epoch <= pieces; epoch++) stream.write(`{"epoch":${epoch},"loss":1}\n`);
    const told: number[] = [];
    watchStream(stream, { now: () => 1000 }).subscribe((event) => {
      if (event.type === "point") told.push(event.x);
    });
    let most = 0;
    for (let before = 0; before < pieces; before = told.length) {
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, told.length - before);
    }
    expect(most).toBeLessThan(4);
    stream.end();
  });

  const messagesOf = (events: readonly ShownEvent[]) =>
    events.flatMap((event) => (event.type === "alert" ? [event.message] : []));

  it("becomes a run with its figures, whatever spells them, its log and its end", async () => {
    const events = await watch([
      "Loading\n",
      '{"epoch": "1", "epochs": 2, "loss": "0.75", "val_acc": nan}\n',
      "{'epoch': 2, 'loss': 0.5, 'val_acc': None, 'val_f1': -inf, 'message': 'half\u001b[31mway'}",
    ]);
    const state = events.reduce(addToDashboard, initialState());
    expect(curvesOf(state)).toEqual({
      "train/loss": [
        [1, 0.75],
        [2, 0.5],
      ],
      "validation/accuracy": [
        [1, null],
        [2, null],
      ],
      "validation/f1": [[2, null]],
    });
    expect(state).toMatchObject({ phase: "ended", reason: "completed", epochs: 2 });
    expect(messagesOf(events)).toEqual(["Loading", "halfway", "the input has ended"]);
  });

  it("that is empty says so", async () => {
    expect(messagesOf(await watch([]))).toEqual(["the input has ended, and told of no training"]);
  });

  it("of no format is said to be, and goes on to its end", async () => {
    const events = await watch([Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 10), "epoch 1 loss 1\n"]);
    expect(messagesOf(events)).toEqual([
      expect.stringContaining("what is piped in is of no format that is read"),
      expect.stringContaining("the input has ended"),
    ]);
  });

  it("of any bytes is survived, and a dashboard follows and draws what comes of them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBytes, { maxLength: 20 }), async (chunks) => {
        const events = await watch([new TextEncoder().encode("log\n"), ...chunks]);
        const state = events.reduce(addToDashboard, initialState());
        for (const tab of TAB_NAMES) {
          const scene = sceneOf(state, { view: { ...FIRST_VIEW, tab } });
          for (const panel of screenPanels(scene, 80, 24)) panelRows(panel, scene.theme);
        }
        for (const { x, values } of state.history.series.values()) {
          expect([...x]).toEqual([...new Set(x)].sort((one, other) => one - other));
          expect(values).toHaveLength(x.length);
          expect(values.every((value) => value === null || Number.isFinite(value))).toBe(true);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

const numbers = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
  fc.integer({ min: -3, max: 0 }),
  fc.double(),
  fc.constantFrom(1e308, -1e308, 2 ** 53),
);
const keys = fc.constantFrom(
  "epoch",
  "epochs",
  "batch",
  "batches",
  "loss",
  "val/acc",
  "lr",
  "time",
  "message",
  "split",
);
const simple = fc.dictionary(
  fc.oneof(keys, fc.string()),
  fc.oneof(numbers, fc.jsonValue(), fc.constant("val")),
);
const tags = fc.oneof(fc.constantFrom("train/loss", "validation/accuracy", "test/loss"), fc.string());
const metric = fc.record(
  {
    tag: tags,
    name: fc.string(),
    split: fc.constantFrom("train", "validation", "none"),
    direction: fc.constantFrom("min", "max", "none"),
    unit: fc.constantFrom("fraction", null, 3),
    display: fc.oneof(fc.constant({ scale: "log", range: [1, 1], baseline: -1 }), fc.jsonValue()),
  },
  { requiredKeys: ["tag", "name", "split", "direction"] },
);
const TYPES = [
  "run:start",
  "epoch:start",
  "epoch:end",
  "point",
  "progress",
  "run:end",
  "control",
  "examination",
];
const grammar = fc
  .record({
    v: fc.constant(1),
    type: fc.constantFrom(...TYPES),
    epoch: numbers,
    epochs: numbers,
    batch: numbers,
    batches: numbers,
    time: numbers,
    x: numbers,
    metrics: fc.oneof(
      fc.constant({}),
      fc.dictionary(tags, numbers),
      fc.array(fc.oneof(metric, fc.jsonValue())),
    ),
    config: fc.oneof(fc.constant({}), fc.jsonValue()),
    timing: fc.constant({}),
    action: fc.constant("epochs"),
    to: numbers,
    split: fc.constant("validation"),
    confusion: fc.array(fc.array(numbers)),
    reason: fc.constant("failed"),
    plugins: fc.constant([]),
  })
  .map((fields) => JSON.stringify(fields));
const lines = fc.oneof(
  { weight: 6, arbitrary: grammar },
  { weight: 3, arbitrary: simple.map((fields) => JSON.stringify(fields)) },
  fc.tuple(keys, numbers, keys, numbers).map((words) => words.join(" ")),
  fc.string({ unit: "binary" }),
  // JSON.stringify doesn't print what is read as infinite.
  fc.constantFrom("epoch:start", "progress").map((type) => `{"v":1,"type":"${type}","epoch":1,"epochs":1e999}`),
  fc.constant('{"epoch":1e999,"epochs":1e999,"loss":1e999}'),
);
const anyBytes = fc.oneof(
  { weight: 9, arbitrary: lines.map((text) => new TextEncoder().encode(`${text}\n`)) },
  fc.uint8Array(),
);
