import { bestOf, EVENT_VERSION, type EventBody, historyOf, type TrainingEvent } from "@trainscope/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dashboardReducer } from "../dashboard/model/reducer.ts";
import { initialState } from "../dashboard/model/state.ts";
import { panelRows } from "../dashboard/panels/frame.ts";
import { screenPanels } from "../dashboard/screen-panels.ts";
import type { ShownEvent } from "../dashboard/source.ts";
import { sceneOf } from "../dashboard/testing/scenes.ts";
import { FIRST_VIEW, TAB_NAMES } from "../dashboard/view/view.ts";
import { createLineSplitter } from "../run-files/line-splitter.ts";
import { createWatcher } from "./watcher.ts";

const START = 1_000_000;

/** A line a second. */
function watch(lines: readonly (string | object)[], isEnded = false): readonly ShownEvent[] {
  const watcher = createWatcher(START);
  const events = lines.flatMap((line, index) =>
    watcher.line(typeof line === "string" ? line : JSON.stringify(line), START + 1000 * (index + 1)),
  );
  return isEnded ? [...events, ...watcher.end(START + 1000 * (lines.length + 1))] : events;
}

function stateOf(events: readonly ShownEvent[]) {
  return events.reduce(dashboardReducer, initialState());
}

const types = (events: readonly ShownEvent[]) => events.map(({ type }) => type);
const messages = (events: readonly ShownEvent[]) =>
  events.flatMap((event) => (event.type === "alert" ? [event.message] : []));
const event = (body: EventBody): TrainingEvent => ({
  v: EVENT_VERSION,
  seq: 1,
  runId: "other",
  time: 5000,
  ...body,
});

describe("what comes in", () => {
  it("declares no more metrics than are kept, however many the first line has", () => {
    const figures = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`m${index}`, index]));
    const events = watch([{ epoch: 1, ...figures }]);
    const [start] = events;
    expect(start?.type === "run:start" && start.metrics.length).toBe(500);
    expect(messages(events)).toEqual(["more than 500 figures: those after them are left out"]);
    const metrics = Object.keys(figures).map((name) => ({
      tag: `train/${name}`,
      name,
      split: "train",
      direction: "min",
    }));
    const told = watch([{ v: 1, type: "run:start", config: {}, metrics }]);
    expect(told[0]?.type === "run:start" && told[0].metrics.length).toBe(500);
    expect(messages(told)).toEqual(["100000 metrics: those after the first 500 are left out"]);
  });

  it("tells once what is of a newer version, and shows the rest", () => {
    const end = {
      v: 1,
      type: "epoch:end",
      epoch: 1,
      epochs: 2,
      metrics: { "train/loss": 1 },
      timing: {},
      gpu: 3,
    };
    const events = watch([
      { v: 1, type: "epoch:half" },
      end,
      { v: 1, type: "epoch:half" },
      { ...end, v: 2, epoch: 2 },
    ]);
    expect(messages(events)).toEqual([
      'type is "epoch:half", which this version doesn\'t know: passed over',
      'epoch:end has the field "gpu", which this version doesn\'t know: passed over',
      "v is 2, of a newer version; this one reads 1: passed over",
    ]);
    expect(stateOf(events).history.epochs).toEqual([1]);
  });
});

describe("the simple form", () => {
  it("becomes a run: its start, and for each epoch a start and an end with its time", () => {
    const events = watch(
      [
        { epoch: 1, epochs: 2, loss: 2, lr: 0.1 },
        { epoch: 2, loss: 1, val_acc: 0.5 },
      ],
      true,
    );
    expect(types(events)).toEqual([
      "run:start",
      "epoch:start",
      "epoch:end",
      "epoch:start",
      "epoch:end",
      "alert",
      "run:end",
    ]);
    expect(events[0]).toMatchObject({
      time: START,
      config: { epochs: 2 },
      metrics: [{ tag: "train/loss", direction: "min" }],
    });
    expect(events[2]).toMatchObject({ epoch: 1, epochs: 2, learningRate: 0.1, timing: { trainMs: 1000 } });
    expect(events[4]).toMatchObject({
      metrics: { "train/loss": 1, "validation/accuracy": 0.5 },
      timing: { trainMs: 1000 },
    });
    expect(stateOf(events)).toMatchObject({ phase: "ended", reason: "completed", epoch: 2, epochs: 2 });
  });

  it("learns figures that come later, and leaves gaps where they were missing", () => {
    const state = stateOf(
      watch([
        { epoch: 1, loss: 2 },
        { epoch: 2, loss: 1, val_acc: 0.5 },
        { epoch: 3, loss: "NaN" },
      ]),
    );
    expect(state.history.series.get("validation/accuracy")?.values).toEqual([null, 0.5]);
    expect(state.run?.metrics.map(({ tag, unit }) => [tag, unit])).toEqual([
      ["train/loss", null],
      ["validation/accuracy", "fraction"],
    ]);
    expect(bestOf(state.history, "validation/accuracy", "max")).toEqual({ x: 2, value: 0.5 });
  });

  it("an epoch told in several lines is one epoch", () => {
    const state = stateOf(
      watch([
        { epoch: 1, loss: 2 },
        { epoch: 1, val_loss: 3 },
        { epoch: 2, loss: 1 },
        { epoch: 2, val_loss: 2 },
      ]),
    );
    expect(state.history.epochs).toEqual([1, 2]);
    expect(state.history.series.get("validation/loss")?.values).toEqual([3, 2]);
    expect(state.newest).toEqual({ "train/loss": 1, "validation/loss": 2 });
    expect(state.pace.durations).toEqual([1000, 2000]);
  });

  it("NaN and Infinity, as Python prints them, are gaps and no garbage", () => {
    const events = watch([
      '{"epoch": 1, "loss": NaN, "val_loss": -Infinity, "message": "NaN, \\"Infinity\\""}',
    ]);
    expect(messages(events)).toEqual(['NaN, "Infinity"']);
    expect(events.at(-1)).toMatchObject({ metrics: { "train/loss": null, "validation/loss": null } });
  });

  it("batches are progress, and without a number epochs count on", () => {
    const events = watch([
      { batch: 5, batches: 10, loss: 3 },
      { loss: 2 },
      { loss: 1 },
      { epoch: 2.5, loss: 0.5 },
    ]);
    expect(events.flatMap((one) => (one.type === "epoch:end" ? [one.epoch] : []))).toEqual([1, 2]);
    expect(events[2]).toMatchObject({ type: "progress", epoch: 1, batch: 5, batches: 10, loss: 3 });
    expect(events.at(-1)).toMatchObject({ type: "progress", epoch: 3, batch: 0, batches: 0, loss: 0.5 });
  });

  it("where there are only steps, they stand for epochs", () => {
    const state = stateOf(
      watch([
        { step: 100, loss: 3 },
        { step: 200, loss: 2 },
      ]),
    );
    expect(state.history.epochs).toEqual([100, 200]);
  });

  it("an epoch before the newest begins another run", () => {
    const events = watch([
      { epoch: 1, loss: 3 },
      { epoch: 2, loss: 2 },
      { epoch: 1, loss: 5 },
    ]);
    expect(messages(events)).toEqual(["epoch 1 after epoch 2: another run begins"]);
    expect(stateOf(events).history).toEqual(historyOf([1], { "train/loss": [5] }));
  });

  it("that the program ended says nothing of its run where the number of epochs isn't known", () => {
    const events = watch([{ epoch: 1, loss: 3 }], true);
    expect([types(events).at(-1), messages(events)]).toEqual(["alert", ["the program has ended"]]);
    expect(messages(watch([], true))).toEqual(["the program has ended, and told of no training"]);
  });

  it("names that never end don't fill the memory", () => {
    const events = watch(
      Array.from({ length: 600 }, (_, index) => ({ epoch: index + 1, [`figure${index}`]: 1 })),
    );
    expect(stateOf(events).history.series.size).toBe(500);
    expect(messages(events)).toEqual(["more than 500 figures: those after them are left out"]);
  });
});

describe("the event grammar", () => {
  const start = event({ type: "run:start", config: {}, metrics: [] });
  const end = event({
    ...{ type: "epoch:end", epoch: 1, epochs: 2, learningRate: 0.1 },
    ...{ metrics: { "train/loss": 1 }, timing: { trainMs: 5, evaluateMs: 1 } },
  });

  it("is taken as it is, a second run in its own right", () => {
    expect(watch([start, end])).toEqual([start, end]);
    expect(types(watch([start, end, start]))).toEqual(["run:start", "epoch:end", "restart", "run:start"]);
  });

  it("that begins in the midst of a run gets a start; what may be left out is filled in", () => {
    const line = { v: 1, type: "epoch:end", epoch: 1, epochs: 0, metrics: { "train/f1": 1 }, timing: {} };
    expect(watch([line])).toMatchObject([
      { type: "run:start", config: {}, metrics: [] },
      { type: "epoch:end", time: START + 1000, learningRate: 0, timing: { trainMs: 0, evaluateMs: 0 } },
    ]);
  });

  it("what is wrong with an event is told", () => {
    expect(messages(watch([{ ...end, epoch: "one" }]))).toEqual([
      expect.stringMatching(/^no event, as epoch is "one"; expected a whole number: \{"v":1/),
    ]);
  });
});

describe("what isn't meant for it", () => {
  it("is told in one clean line each", () => {
    expect(
      messages(watch(["\u001b[31mred\u001b[0m\ttext", "", "[1, 2]", '{"open": ', "x".repeat(1000)])),
    ).toEqual(["red text", "[1, 2]", '{"open":', `${"x".repeat(400)}...`]);
  });

  it("is counted where there is too much of it", () => {
    const watcher = createWatcher(START);
    const at = (time: number) => messages(watcher.line("garbage", time));
    expect(Array.from({ length: 1000 }, () => at(START)).flat()).toHaveLength(20);
    expect(messages(watcher.tick(START + 500))).toEqual([]);
    expect(messages(watcher.tick(START + 1000))).toEqual(["and 980 more lines that are no events"]);
    expect(at(START + 1001)).toEqual(["garbage"]);
    for (let line = 0; line < 20; line++) at(START + 1002);
    expect(messages(watcher.end(START + 1003))[0]).toBe("and 1 more line that is no event");
  });
});

describe("any bytes", () => {
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
      ...{ tag: tags, name: fc.string(), split: fc.constantFrom("train", "validation", "none") },
      ...{ direction: fc.constantFrom("min", "max", "none"), unit: fc.constantFrom("fraction", null, 3) },
      display: fc.oneof(fc.constant({ scale: "log", range: [1, 1], baseline: -1 }), fc.jsonValue()),
    },
    { requiredKeys: ["tag", "name", "split", "direction"] },
  );
  const grammar = fc
    .record({
      v: fc.constant(1),
      type: fc.constantFrom(
        "run:start",
        "epoch:start",
        "epoch:end",
        "progress",
        "run:end",
        "control",
        "examination",
      ),
      ...{ epoch: numbers, epochs: numbers, batch: numbers, batches: numbers, time: numbers },
      ...{
        metrics: fc.oneof(
          fc.constant({}),
          fc.dictionary(tags, numbers),
          fc.array(fc.oneof(metric, fc.jsonValue())),
        ),
      },
      ...{
        config: fc.oneof(fc.constant({}), fc.jsonValue()),
        timing: fc.constant({}),
        action: fc.constant("epochs"),
      },
      ...{ to: numbers, split: fc.constant("validation"), confusion: fc.array(fc.array(numbers)) },
      ...{ reason: fc.constant("failed"), plugins: fc.constant([]) },
    })
    .map((fields) => JSON.stringify(fields));
  const lines = fc.oneof(
    { weight: 6, arbitrary: grammar },
    { weight: 3, arbitrary: simple.map((fields) => JSON.stringify(fields)) },
    fc.string({ unit: "binary" }),
    // JSON.stringify doesn't print what is read as infinite.
    fc
      .constantFrom("epoch:start", "progress")
      .map((type) => `{"v":1,"type":"${type}","epoch":1,"epochs":1e999}`),
    fc.constant('{"epoch":1e999,"epochs":1e999,"loss":1e999}'),
  );
  const bytes = fc.oneof(
    { weight: 9, arbitrary: lines.map((text) => new TextEncoder().encode(`${text}\n`)) },
    fc.uint8Array(),
  );

  it("are survived, and a dashboard follows and draws what comes of them", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 20 }), (chunks) => {
        const watcher = createWatcher(START);
        let now = START;
        let state = initialState();
        const lines = createLineSplitter({
          onLine(text) {
            for (const one of watcher.line(text, ++now)) state = dashboardReducer(state, one);
          },
          onTooLong: () => {},
        });
        for (const chunk of chunks) lines.add(chunk);
        for (const one of watcher.end(now)) state = dashboardReducer(state, one);
        for (const tab of TAB_NAMES) {
          const scene = sceneOf(state, { view: { ...FIRST_VIEW, tab } });
          for (const panel of screenPanels(scene, 80, 24)) panelRows(panel, scene.theme);
        }
        const { epochs, series } = state.history;
        expect(epochs).toEqual([...new Set(epochs)].sort((a, b) => a - b));
        for (const { values } of series.values()) {
          expect(values).toHaveLength(epochs.length);
          expect(values.every((value) => value === null || Number.isFinite(value))).toBe(true);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
