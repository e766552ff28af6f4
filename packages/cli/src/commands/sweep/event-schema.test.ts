import { expect, it } from "vitest";
import { parseSweepEvent } from "./event-schema.ts";
import type { SweepEvent } from "./events.ts";
import { halfway, sweepResults, told } from "./testing/sweep.ts";

const [start] = halfway() as [SweepEvent & { type: "sweep:start" }];
const trial = { candidate: 1, point: { learningRate: 0.1 }, seed: 0, epochs: 4 };

it("reads every event back as it was told", () => {
  const events: readonly SweepEvent[] = [
    ...halfway(),
    ...told([
      { type: "sweep:edit", definition: { ...start.definition, budget: 40 }, planned: 40 },
      { type: "trial:lost", ...trial, message: "given up" },
      { type: "sweep:end", reason: "completed", results: sweepResults() },
      { type: "sweep:end", reason: "stopped" },
    ]),
  ];
  for (const event of events) expect(parseSweepEvent(JSON.stringify(event))).toEqual({ value: event });
});

it.each([
  ["no JSON", /no JSON/],
  ["[]", /expected an object/],
  ['{"type":"run:start"}', /type is "run:start"/],
  [JSON.stringify({ ...start, v: 2 }), /v is 2; expected 1/],
  [JSON.stringify({ ...start, lanes: "many" }), /lanes is "many"; expected a whole number/],
  [JSON.stringify({ ...start, definition: { ...start.definition, strategy: "luck" } }), /strategy is "luck"/],
  [JSON.stringify({ ...start, definition: { ...start.definition, space: { momentum: {} } } }), /momentum/],
  [
    '{"v":1,"seq":1,"time":1,"type":"trial:lost","candidate":1,"seed":0,"epochs":4,"message":"","point":{"learningRate":-1}}',
    /learningRate/,
  ],
])("refuses %s", (line, reason) => {
  expect(parseSweepEvent(line)).toEqual({ reason: expect.stringMatching(reason) });
});
