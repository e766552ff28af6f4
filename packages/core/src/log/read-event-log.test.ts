import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENT_VERSION, type EventBody, type TrainingEvent } from "../events.ts";
import { parseEvent } from "./parse-event.ts";
import { readEventLog } from "./read-event-log.ts";

const event = (seq: number, body: EventBody): TrainingEvent => ({
  v: EVENT_VERSION,
  seq,
  runId: "run",
  time: 1000 + seq,
  ...body,
});
const alert = (seq: number, message: string): TrainingEvent =>
  event(seq, { type: "alert", level: "info", code: "control", message });
const epochStart = event(0, { type: "epoch:start", epoch: 1, epochs: 2 });
const NOTHING = { problems: [], problemCount: 0, newer: [], torn: false };
const utf8 = new TextEncoder();
const start = event(0, { type: "run:start", config: {}, metrics: [] });
const lines = (events: readonly unknown[]): string => events.map((one) => `${JSON.stringify(one)}\n`).join("");

describe("readEventLog", () => {
  it("has every event of a whole log, in order; empty lines and carriage returns are nothing", () => {
    const events = [epochStart, alert(1, "one"), alert(2, "two\nlines")];
    expect(readEventLog(lines(events))).toEqual({ events, ...NOTHING });
    expect(readEventLog(lines(events).replaceAll("\n", "\r\n\r\n")).events).toEqual(events);
    expect(readEventLog("")).toEqual({ events: [], ...NOTHING });
  });

  it("cut after any byte, gives exactly the lines that were whole before the cut", () => {
    const messages = fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 4 });
    fc.assert(
      fc.property(messages, (texts) => {
        const events = texts.map((text, seq) => alert(seq, text));
        const bytes = utf8.encode(lines(events));
        // Where each object ends; its line end is the byte after.
        const ends = events.map((_, index) => utf8.encode(lines(events.slice(0, index + 1))).length - 1);
        for (let cut = 0; cut <= bytes.length; cut++) {
          const whole = ends.filter((end) => end <= cut).length;
          const atBoundary = cut === 0 || ends.some((end) => cut === end || cut === end + 1);
          expect(readEventLog(new TextDecoder().decode(bytes.subarray(0, cut)))).toEqual({
            events: events.slice(0, whole),
            ...NOTHING,
            torn: !atBoundary,
          });
        }
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it("tells garbage in the midst by its line, and has the events around it", () => {
    const text = `${lines([epochStart])}epoch 1/2 | train\n${lines([alert(1, "on")])}[1]\n\n${lines([alert(2, "end")])}`;
    const { events, problems, torn } = readEventLog(text);
    expect(events).toEqual([epochStart, alert(1, "on"), alert(2, "end")]);
    expect(problems).toEqual([
      { line: 2, reason: expect.stringMatching(/^it is no JSON: /) },
      { line: 4, reason: "it is an array; expected an object" },
    ]);
    expect(torn).toBe(false);
  });

  it("passes over types that only a later version knows, and reads points", () => {
    const point = event(0, { type: "point", x: 2.5, metrics: { "test/loss": null } });
    const text = [{ ...epochStart, type: "epoch:middle" }, point, { ...epochStart, type: "toString" }]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join("");
    expect(readEventLog(text)).toMatchObject({ events: [point], problems: [], torn: false });
  });

  it.each([
    [{ type: "epoch:start" }, "v is missing; expected 1"],
    [{ ...epochStart, v: "1" }, 'v is "1"; expected 1'],
    [{ ...epochStart, type: 5 }, "type is 5; expected one of run:start, run:resume,"],
    [{ ...epochStart, type: "point", x: "7", metrics: {} }, 'x is "7"; expected a number'],
    [
      { ...epochStart, type: "run:start", axis: "batch", config: {}, metrics: [] },
      'axis is "batch"; expected "epoch"',
    ],
    [{ ...epochStart, epoch: null }, "epoch is null; expected a whole number"],
    [{ ...epochStart, epoch: -1 }, "epoch is -1; expected a whole number"],
    [{ ...start, metrics: [null] }, "metrics[0] is null; expected an object"],
    [{ ...start, config: { flip: "0" } }, 'config.flip is "0"; expected a number'],
    [{ ...start, config: { schedule: { kind: "step" } } }, "config.schedule is an object; expected a schedule"],
    [
      { ...start, parent: { runId: "../x", epoch: 1, batch: 0 } },
      'parent.runId is "../x"; expected the id of a run',
    ],
    [
      { ...start, parent: { runId: "..", epoch: 1, batch: 0 } },
      'parent.runId is ".."; expected the id of a run',
    ],
    [{ ...epochStart, time: "now" }, 'time is "now"; expected a number'],
    [{ ...epochStart, type: "epoch:end", metrics: [] }, "metrics is an array; expected an object of numbers"],
    [
      { ...epochStart, type: "epoch:end", metrics: { "train/loss": "2" } },
      'metrics["train/loss"] is "2"; expected a number or null',
    ],
    [
      { ...epochStart, type: "control", action: { toString: 1 }, batch: 0 },
      "action is an object; expected one of pause",
    ],
    [
      { ...epochStart, type: "examination", split: "train", confusion: [[1], [2]] },
      "its confusion matrix is not square",
    ],
    [
      {
        ...epochStart,
        type: "run:start",
        config: {},
        metrics: Array(5001).fill({ tag: "train/a", name: "a", split: "train", direction: "min" }),
      },
      "it declares more than 5000 metrics",
    ],
    [null, "it is null; expected an object"],
    ["x".repeat(100), `it is "${"x".repeat(39)}...; expected an object`],
  ])("refuses %j", (found, reason) => {
    const { events, problems } = readEventLog(`${JSON.stringify(found)}\n`);
    expect(events).toEqual([]);
    expect(problems).toEqual([{ line: 1, reason: expect.stringContaining(reason) }]);
  });
});

describe("what is newer", () => {
  it("is told once, and what is known of it is read", () => {
    const text = lines([
      { ...epochStart, v: 2 },
      { ...epochStart, v: 2 },
      { ...alert(1, "on"), type: "toString" },
      { ...alert(2, "two"), colour: "red" },
      { ...alert(3, "three"), colour: "blue" },
    ]);
    expect(readEventLog(text)).toEqual({
      ...NOTHING,
      events: [alert(2, "two"), alert(3, "three")],
      newer: [
        "v is 2, of a newer version; this one reads 1",
        'type is "toString", which this version doesn\'t know',
        'alert has the field "colour", which this version doesn\'t know',
      ],
    });
  });
});

describe("what a line leaves out", () => {
  const read = (value: object) => readEventLog(lines([{ ...epochStart, ...value }])).events[0];
  it("is there behind the door", () => {
    const metric = { tag: "train/loss", name: "loss", split: "train", direction: "min" };
    expect(read({ type: "run:start", config: { optimizer: "adam" }, metrics: [metric] })).toMatchObject({
      config: { optimizer: "adam" },
      metrics: [{ ...metric, unit: null, display: {} }],
    });
    expect(read({ type: "control", action: "lambda", batch: 0 })).toMatchObject({ from: null, to: null });
    expect(read({ type: "epoch:end", metrics: {}, timing: {} })).toMatchObject({
      learningRate: 0,
      timing: { trainMs: 0, evaluateMs: 0 },
    });
    expect(read({ type: "examination", split: "test", confusion: [] })).toMatchObject({
      mistakes: [],
      trueClass: { right: [], wrong: [] },
    });
  });
});

it("tells the epochs that a damaged line has taken along", () => {
  const end = (seq: number, epoch: number): TrainingEvent =>
    event(seq, {
      type: "epoch:end",
      epoch,
      epochs: 9,
      learningRate: 0.1,
      metrics: {},
      timing: { trainMs: 1, evaluateMs: 1 },
    });
  const done = event(9, {
    type: "run:end",
    reason: "completed",
    metrics: {},
    epochs: 6,
    keptEpoch: 6,
    plugins: [],
  });
  const text = `${lines([end(1, 1)])}?\n${lines([end(2, 4)])}?\n${lines([end(3, 5)])}?\n${lines([done])}`;
  expect(readEventLog(text).problems).toMatchObject([
    { line: 2, missing: [2, 3] },
    { line: 4 },
    { line: 6, missing: [6, 6] },
  ]);
  expect(readEventLog(text).problems[1]).not.toHaveProperty("missing");
});

it("no value at all makes it throw, and what it lets in is read again as it is", () => {
  const types = ["run:start", "epoch:end", "point", "control", "examination", "run:end"];
  const fields = [
    "config",
    "metrics",
    "epoch",
    "x",
    "action",
    "to",
    "confusion",
    "timing",
    "reason",
    "plugins",
    "epochs",
  ];
  const field = fc.oneof(fc.constantFrom(1, 2, "stop", "completed", null, [], {}), fc.jsonValue());
  const value = fc
    .tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...fields), field))
    .map(([type, rest]) => ({ v: 1, seq: 1, runId: "a", time: 1, batch: 0, ...rest, type }));
  fc.assert(
    fc.property(fc.oneof(value, fc.anything()), (given) => {
      const parsed = parseEvent(given);
      if (parsed.kind === "event")
        expect(parseEvent(parsed.event)).toEqual({ kind: "event", event: parsed.event });
    }),
    { numRuns: 2000, seed: 1 },
  );
});
