import fc from "fast-check";
import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Control } from "../control/control.ts";
import { scriptOf } from "../control/script.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { isPersisted, type TrainingEvent } from "../events.ts";
import { type ObservedRun, observeRun, ofType } from "../testing/observed-run.ts";
import { yieldToEventLoop } from "../yield.ts";

const control: fc.Arbitrary<Control> = fc.oneof(
  fc.record({ action: fc.constant("learningRate" as const), to: fc.constantFrom(0.001, 0.05, 0.3, -1) }),
  fc.record({ action: fc.constant("lambda" as const), to: fc.constantFrom(0, 0.01, 0.2) }),
  fc.record({ action: fc.constant("batchSize" as const), to: fc.integer({ min: 1, max: 70 }) }),
  fc.record({ action: fc.constant("epochs" as const), to: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ action: fc.constant("step" as const), unit: fc.constantFrom("batch", "epoch") }),
  fc.constantFrom<Control>({ action: "pause" }, { action: "export" }, { action: "checkpoint" }),
);

const settings = fc.record({
  epochs: fc.integer({ min: 1, max: 4 }),
  batchSize: fc.integer({ min: 5, max: 70 }),
  flip: fc.constantFrom(0, 0.5),
  noise: fc.constantFrom(0, 8),
  schedule: fc.constantFrom({ kind: "constant" } as const, { kind: "cosine" } as const),
  keep: fc.constantFrom("last" as const, "best" as const),
});

/** Each is sent after so many more events and slices of training. */
const plans = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), control), { maxLength: 12 });

/** What does not depend on when and where a run took place, nor on pauses. */
function outcomeOf({ events, parameters }: ObservedRun) {
  const results = events.filter(isResult).map((event) => ({ ...event, seq: 0, time: 0, runId: "" }));
  return { parameters, results, script: scriptOf(events) };
}

function isResult(event: TrainingEvent): boolean {
  return isPersisted(event) && event.type !== "control" && event.type !== "checkpoint";
}

describe.each([
  ["reference", createReferenceEngine, 60],
  // Its threads take a while to start.
  ["wasm", createWasmEngine({ threads: 2 }), 15],
])("%s", (_, create, numRuns) => {
  it("a run that was changed by hand is repeated, bit by bit, by the script of its events", async () => {
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(settings, plans, fc.boolean(), async (chosen, plan, stops) => {
        const source = new Subject<Control>();
        const left = [...plan, ...(stops ? [[3, { action: "stop" }] as const] : [])];
        let waited = 0;
        /** Sends the next control when it is due; a pause is never left to last. */
        const tick = (): void => {
          const next = left[0];
          if (next === undefined || waited++ < next[0]) return;
          waited = 0;
          left.shift();
          source.next(next[1]);
        };
        const live = await observeRun({
          settings: { learningRate: 0.05, ...chosen },
          create,
          control: source,
          saveCheckpoint: async () => "path",
          onSlice: tick,
          onEvent(event) {
            if (event.type !== "control" || event.to !== "paused") return tick();
            void yieldToEventLoop().then(() => source.next({ action: "resume" }));
          },
        });
        const script = scriptOf(live.events);
        changes += script.length;
        const again = await observeRun({ settings: { learningRate: 0.05, ...chosen }, create, script });
        expect(timeless(outcomeOf(again))).toEqual(timeless(outcomeOf(live)));
        expect(ofType(again.events, "control")).toHaveLength(script.length);
      }),
      { numRuns },
    );
    expect(changes).toBeGreaterThan(numRuns);
  });
});

/** Without what takes time, and what a wrong value that came live was told. */
function timeless({ results, ...rest }: ReturnType<typeof outcomeOf>) {
  return {
    ...rest,
    results: results
      .filter((event) => !(event.type === "alert" && event.code === "control"))
      .map((event) => ({ ...event, timing: undefined, plugins: undefined })),
  };
}
