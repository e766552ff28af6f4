import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENT_VERSION, type EventBody, type TrainingEvent } from "../events.ts";
import { readEventLog } from "./read-event-log.ts";

const event = (seq: number, body: EventBody): TrainingEvent => ({
  ...{ v: EVENT_VERSION, seq, runId: "run", time: 1000 + seq },
  ...body,
});
const alert = (seq: number, message: string): TrainingEvent =>
  event(seq, { type: "alert", level: "info", code: "control", message });
const epochStart = event(0, { type: "epoch:start", epoch: 1, epochs: 2 });
const utf8 = new TextEncoder();
const lines = (events: readonly unknown[]): string => events.map((one) => `${JSON.stringify(one)}\n`).join("");

describe("readEventLog", () => {
  it("has every event of a whole log, in order; empty lines and carriage returns are nothing", () => {
    const events = [epochStart, alert(1, "one"), alert(2, "two\nlines")];
    expect(readEventLog(lines(events))).toEqual({ events, problems: [], torn: false });
    expect(readEventLog(lines(events).replaceAll("\n", "\r\n\r\n")).events).toEqual(events);
    expect(readEventLog("")).toEqual({ events: [], problems: [], torn: false });
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
            problems: [],
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
    const point = { ...epochStart, type: "point", x: 2.5, metrics: { "test/loss": null } } as const;
    const text = [{ ...epochStart, type: "epoch:middle" }, point, { ...epochStart, type: "toString" }]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join("");
    expect(readEventLog(text)).toEqual({ events: [point], problems: [], torn: false });
  });

  it.each([
    [{ ...epochStart, v: 2 }, "v is 2; expected 1"],
    [{ type: "epoch:start" }, "v is missing; expected 1"],
    [{ ...epochStart, type: undefined }, "type is missing; expected a string"],
    [{ ...epochStart, type: "point", x: "7", metrics: {} }, 'x is "7"; expected a number'],
    [
      { ...epochStart, type: "run:start", axis: "batch", config: {}, metrics: [] },
      'axis is "batch"; expected "epoch"',
    ],
    [{ ...epochStart, epoch: null }, "epoch is null; expected a whole number"],
    [{ ...epochStart, epoch: -1 }, "epoch is -1; expected a whole number"],
    [
      { ...epochStart, type: "run:start", config: {}, metrics: [null] },
      "metrics is an array; expected an array of metrics",
    ],
    [
      { ...epochStart, type: "run:start", config: { flip: "0" }, metrics: [] },
      "config is an object; expected an object of settings",
    ],
    [{ ...epochStart, time: "now" }, 'time is "now"; expected a number'],
    [{ ...epochStart, type: "epoch:end", metrics: [] }, "metrics is an array; expected an object"],
    [{ ...epochStart, type: "epoch:end", metrics: { "train/loss": "2" } }, "expected an object of numbers"],
    [null, "it is null; expected an object"],
    ["x".repeat(100), `it is "${"x".repeat(39)}...; expected an object`],
  ])("refuses %j", (found, reason) => {
    const { events, problems } = readEventLog(`${JSON.stringify(found)}\n`);
    expect(events).toEqual([]);
    expect(problems).toEqual([{ line: 1, reason: expect.stringContaining(reason) }]);
  });
});
