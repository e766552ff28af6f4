// Kinds of results, and states that are shared: what a run tells of them.
import { describe, expect, it } from "vitest";
import { isPersisted } from "../events.ts";
import { parseEvent } from "../log/parse-event.ts";
import { collectPlugins } from "../plugins/plugin.ts";
import { observeRun, ofType } from "../testing/observed-run.ts";
import type { AnyMetric, MetricContext, MetricKind } from "./metric.ts";

const settings = { epochs: 2, batchSize: 25, learningRate: 0.05 };

function giving(kind: MetricKind, result: unknown, more: Partial<AnyMetric> = {}): AnyMetric {
  return {
    name: "probe",
    kind,
    splits: ["train", "validation", "test"],
    direction: "max",
    init: () => 0,
    update: (state: number, { size }) => state + size,
    result: () => result as number,
    ...more,
  };
}

const forgetful = (): never => Promise.resolve(0) as never;

const fields = { precision: { direction: "max", unit: "fraction" }, error: { direction: "min" } } as const;

describe("a record", () => {
  const metric = giving(
    "record",
    { precision: 0.25, error: Number.NaN },
    { fields, description: "Two of them." },
  );

  it("is a series for each field, with a direction and unit of its own", async () => {
    const { events } = await observeRun({ settings, metrics: [metric] });
    const about = ofType(events, "run:start")[0]?.metrics.filter(({ name }) => name.startsWith("probe/"));
    expect(about).toHaveLength(6);
    expect(about?.[0]).toEqual({
      tag: "train/probe/precision",
      name: "probe/precision",
      split: "train",
      description: "Two of them.",
      direction: "max",
      unit: "fraction",
      display: {},
    });
    expect(about?.[1]).toMatchObject({ tag: "train/probe/error", direction: "min", unit: null });
    for (const { metrics } of ofType(events, "epoch:end")) {
      expect(metrics).toMatchObject({ "train/probe/precision": 0.25, "validation/probe/error": null });
    }
    expect(events.at(-1)).toMatchObject({ metrics: { "test/probe/precision": 0.25 } });
  });

  it("may be monitored by a field, and ends the run where it is disabled", async () => {
    let passes = 0;
    const getting = giving("record", null, { fields, result: () => ({ precision: ++passes, error: 0 }) });
    const monitor = "validation/probe/error";
    const kept = await observeRun({ settings: { ...settings, keep: "best", monitor }, metrics: [getting] });
    expect(kept.events.at(-1)).toMatchObject({ keptEpoch: 1 });
    const failing = giving("record", null, { fields, result: () => ({ precsion: 1 }) as never });
    const { events } = await observeRun({
      settings: { ...settings, patience: 9, monitor },
      metrics: [failing],
    });
    expect(ofType(events, "plugin:error")[0]?.message).toBe(
      'result gave the field "precsion", which fields lacks; expected an object of numbers, or null',
    );
    expect(events.at(-1)).toMatchObject({ reason: "failed" });
  });

  it("without its fields, or fields without a record, is refused", () => {
    expect(() => collectPlugins({ metrics: [giving("record", {})] })).toThrow(
      'metric "probe": kind is "record" and fields is missing',
    );
    expect(() => collectPlugins({ metrics: [giving("number", 1, { fields })] })).toThrow("fields is given");
    const wrong = { precision: { direction: "up" } } as never;
    expect(() => collectPlugins({ metrics: [giving("record", {}, { fields: wrong })] })).toThrow(
      'fields.precision.direction is "up"; expected one of min, max, none',
    );
  });
});

describe("a vector by class", () => {
  it("is a series for each class, of which there is no chart unless its author wants it", async () => {
    const { events } = await observeRun({
      settings,
      metrics: [giving("per-class", Float64Array.of(1, Number.POSITIVE_INFINITY, 3))],
    });
    const about = ofType(events, "run:start")[0]?.metrics.find(({ tag }) => tag === "validation/probe/class 2");
    expect(about).toMatchObject({ name: "probe/class 2", direction: "max", display: { chart: false } });
    expect(ofType(events, "epoch:end")[0]?.metrics).toMatchObject({
      "train/probe/class 0": 1,
      "train/probe/class 1": null,
      "train/probe/class 2": 3,
    });
  });

  it("of another length than the classes has no figures, and says so", async () => {
    const { events } = await observeRun({ settings, metrics: [giving("per-class", [1, 2])] });
    expect(ofType(events, "plugin:error")[0]?.message).toBe(
      "result gave 2 values of 3 classes; expected a list of numbers, one a class, or null",
    );
    expect(ofType(events, "epoch:end")[0]?.metrics).toMatchObject({ "train/probe/class 0": null });
  });
});

describe("a matrix, and curves", () => {
  const matrix = giving("matrix", [new Float64Array([1, 2]), [3, Number.NaN]], {
    display: { axes: ["a", "b"] },
  });
  const curves = giving("curves", [{ name: "all", x: [0, 1], y: Float32Array.of(0.5, 1) }], { name: "roc" });

  it("are told whole after each epoch, of the test split before the end, and kept in the log", async () => {
    const { events } = await observeRun({ settings, metrics: [matrix, curves] });
    const told = ofType(events, "metric:result");
    expect(told.map(({ epoch, tag }) => `${epoch} ${tag}`)).toEqual([
      ...[1, 2].flatMap((epoch) => [
        `${epoch} train/probe`,
        `${epoch} train/roc`,
        `${epoch} validation/probe`,
        `${epoch} validation/roc`,
      ]),
      "2 test/probe",
      "2 test/roc",
    ]);
    expect(told[0]).toMatchObject({
      name: "probe",
      split: "train",
      display: { axes: ["a", "b"] },
      value: {
        kind: "matrix",
        rows: [
          [1, 2],
          [3, null],
        ],
      },
    });
    expect(told[1]?.value).toEqual({ kind: "curves", curves: [{ name: "all", x: [0, 1], y: [0.5, 1] }] });
    const types = events.map(({ type }) => type);
    expect(types.indexOf("metric:result")).toBe(types.indexOf("epoch:end") + 1);
    for (const event of told) {
      expect(isPersisted(event)).toBe(true);
      expect(parseEvent(JSON.parse(JSON.stringify(event)))).toMatchObject({ event });
    }
    const start = ofType(events, "run:start")[0];
    expect(start?.metrics.some(({ name }) => name === "probe" || name === "roc")).toBe(false);
  });

  it.each([
    ["matrix", [[1, 2], [3]], "result gave 1 entries at [1], where the first row has 2"],
    ["matrix", 7, "result gave a number"],
    ["curves", [{ name: "a", x: [1], y: [] }], "result gave 1 x and 0 y at [0]"],
    ["curves", [{ x: [], y: [] }], "result gave a curve without a name at [0]"],
    ["number", undefined, "result gave nothing"],
    ["number", [1], "result gave a list"],
    ["record", [1], "result gave a list"],
  ] as const)("a %s that is %j is named", async (kind, result, message) => {
    const metric = giving(kind, result, kind === "record" ? { fields } : {});
    const { events } = await observeRun({ settings, metrics: [metric] });
    expect(ofType(events, "plugin:error")[0]?.message).toContain(message);
    expect(ofType(events, "metric:result")).toEqual([]);
  });

  it("that damaged logs hold are refused at the door", () => {
    const header = { v: 1, seq: 1, runId: "r", time: 1, type: "metric:result", epoch: 1 };
    const event = { ...header, tag: "train/a", name: "a", split: "train" };
    const problem = (value: unknown) => JSON.stringify(parseEvent({ ...event, value }));
    expect(problem({ kind: "matrix", rows: [[1], [1, 2]] })).toContain("not of equal length");
    expect(problem({ kind: "curves", curves: [{ name: "a", x: [1], y: [] }] })).toContain(
      "not of equal length",
    );
    expect(problem({ kind: "pie" })).toContain("kind");
  });
});

describe("metrics that share a state", () => {
  const shared = Symbol("rows");
  let updates = 0;
  const gathering = {
    init: (): number => 0,
    update(state: number, { size }: { size: number }): number {
      updates++;
      return state + size;
    },
  };
  const one = (name: string, more: Partial<AnyMetric> = {}): AnyMetric =>
    giving("number", 0, { name, shared, ...gathering, result: (rows: number) => rows, ...more });

  it("gather it once for all of them, and come to what each comes to alone", async () => {
    updates = 0;
    const alone = await observeRun({ settings, metrics: [one("a")] });
    const expected = updates;
    updates = 0;
    const twice = await observeRun({
      settings,
      metrics: [one("a"), one("b", { result: (n: number) => 2 * n })],
    });
    expect(updates).toBe(expected);
    const [before, after] = [alone, twice].map(({ events }) => ofType(events, "epoch:end")[1]?.metrics);
    expect(after).toMatchObject({ ...before, "train/b": 120, "validation/b": 60 });
  });

  it("fail in it together, each told of; one that fails in its result fails alone", async () => {
    const init = () => 0;
    const broken = { init, update: forgetful };
    const { events } = await observeRun({ settings, metrics: [one("a", broken), one("b", broken)] });
    const failed = ofType(events, "plugin:error").map(({ plugin, hook, failures }) => [plugin, hook, failures]);
    expect(failed.slice(0, 2)).toEqual([
      ["a", "update", 1],
      ["b", "update", 1],
    ]);
    expect(ofType(events, "epoch:end")[0]?.metrics).toMatchObject({ "train/a": null, "train/b": null });

    const mute = one("a", { result: () => "none" as never });
    const { events: others } = await observeRun({ settings, metrics: [mute, one("b")] });
    expect(new Set(ofType(others, "plugin:error").map(({ plugin }) => plugin))).toEqual(new Set(["a"]));
    // Disabled, it leaves the gathering to the other.
    expect(others.at(-1)).toMatchObject({ metrics: { "test/b": 20 } });
  });

  it("must gather it in the same way", () => {
    expect(() => collectPlugins({ metrics: [one("a"), one("b", { update: () => 0 })] })).toThrow(
      'metric "b": its update is not that of "a", with which it shares its state',
    );
  });
});

it("a pass knows what it goes over, and a batch where training stands", async () => {
  const contexts: MetricContext[] = [];
  const places: unknown[] = [];
  const metric = giving("number", 0, {
    init(_, context) {
      contexts.push(context);
      return 0;
    },
    update(state, { epoch, learningRate }) {
      places.push([epoch, learningRate]);
      return state;
    },
  });
  await observeRun({
    settings: { ...settings, schedule: { kind: "step", every: 1, factor: 0.5 } },
    metrics: [metric],
  });
  expect(contexts.map(({ split, rows }) => [split, rows])).toEqual([
    ["validation", 30],
    ["train", 60],
    ["validation", 30],
    ["train", 60],
    ["test", 20],
  ]);
  const classNames = ["class 0", "class 1", "class 2"];
  expect(contexts[0]).toMatchObject({ classNames, shape: { width: 4, height: 4, channels: 3 } });
  expect(places.map(String)).toEqual(["1,0.05", "1,0.05", "2,0.025", "2,0.025", "2,0.025"]);
});

it("a return that was forgotten in update is named", async () => {
  const metric = giving("number", 0, { update: () => undefined });
  const { events } = await observeRun({ settings, metrics: [metric] });
  expect(ofType(events, "plugin:error")[0]?.message).toBe(
    "update gave nothing; expected the next state (is a return missing?)",
  );
});
