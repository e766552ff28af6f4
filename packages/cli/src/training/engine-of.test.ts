import type { TrainingEvent } from "@trainscope/core/events";
import { expect, it } from "vitest";
import { engineOf } from "./engine-of.ts";

function startOn(engine: string): TrainingEvent {
  const environment = { engine, precision: "float32", threads: 2 } as const;
  return { v: 1, seq: 0, runId: "run", time: 0, type: "run:start", config: {}, metrics: [], environment };
}

it.each([
  ["the engine that was asked for, on its threads", startOn("wasm"), { engine: "wasm", threads: 2 }],
  ["what served in its place, on its own", startOn("reference"), { engine: "reference" }],
  ["what was asked for, where the log doesn't tell", undefined, { engine: "wasm", threads: 2 }],
  [
    "what was asked for, where the log tells of none that there is",
    startOn("mine"),
    { engine: "wasm", threads: 2 },
  ],
])("%s", (_, start, expected) => {
  expect(engineOf({ engine: "wasm", threads: 2 }, start)).toEqual(expected);
});

it("all cores where no number was asked for", () => {
  expect(engineOf({ engine: "wasm", threads: null }, startOn("wasm"))).toEqual({ engine: "wasm" });
});
