import fc from "fast-check";
import { Subject, throwError } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Control, Request } from "./control.ts";
import {
  type ControlHandlers,
  createControlReceiver,
  type ModeChange,
  type RunMode,
} from "./control-receiver.ts";

function setUp() {
  const source = new Subject<Control>();
  const controls = createControlReceiver(source);
  const changes: ModeChange[] = [];
  const requests: Request[] = [];
  const handlers: ControlHandlers = {
    onMode: (change) => changes.push(change),
    onRequest: (request) => requests.push(request),
  };
  let over = false;
  const settle = () => controls.settle(handlers, () => over);
  const end = (): void => {
    over = true;
    controls.wake();
  };
  return { source, controls, handlers, changes, requests, settle, end };
}

/** Whether a promise is still pending after everything that is due has run. */
async function isPending(promise: Promise<void>): Promise<boolean> {
  let pending = true;
  promise.then(() => {
    pending = false;
  });
  await new Promise((resolve) => setTimeout(resolve));
  return pending;
}

describe("controls", () => {
  it("what was sent before the first look is not lost", async () => {
    const { source, controls, settle } = setUp();
    source.next({ action: "stop" });
    await settle();
    expect(controls.mode).toBe("stopping");
  });

  it("waits while paused, until something leads out of it", async () => {
    for (const action of ["resume", "step", "stop"] as const) {
      const { source, settle } = setUp();
      source.next({ action: "pause" });
      const settled = settle();
      expect(await isPending(settled)).toBe(true);
      source.next({ action: "pause" });
      expect(await isPending(settled)).toBe(true);
      source.next({ action });
      expect(await isPending(settled)).toBe(false);
    }
  });

  it("stops waiting when the run is over", async () => {
    const { source, settle, end } = setUp();
    source.next({ action: "pause" });
    const settled = settle();
    expect(await isPending(settled)).toBe(true);
    end();
    expect(await isPending(settled)).toBe(false);
  });

  it("keeps what its source failed with, and does not wait for it", async () => {
    const controls = createControlReceiver(throwError(() => new Error("gone")));
    await controls.settle({ onMode() {}, onRequest() {} }, () => false);
    expect(controls.failure?.thrown).toEqual(new Error("gone"));
  });

  it("requests are carried out while paused, the newest of a kind, and do not end the pause", async () => {
    const { source, requests, settle } = setUp();
    source.next({ action: "pause" });
    const settled = settle();
    const asked: Request[] = [
      { action: "lambda", to: 1 },
      { action: "checkpoint" },
      { action: "lambda", to: 2 },
    ];
    for (const request of asked) source.next(request);
    expect(await isPending(settled)).toBe(true);
    expect(requests).toEqual(asked.slice(1));
  });

  it("what is put first goes before what has come in", async () => {
    const { source, controls, requests, settle } = setUp();
    source.next({ action: "lambda", to: 3 });
    controls.putFirst([
      { action: "lambda", to: 1 },
      { action: "lambda", to: 2 },
    ]);
    await settle();
    expect(requests.map((request) => "to" in request && request.to)).toEqual([1, 2, 3]);
  });

  it("requests can be carried out by themselves, and leave the rest in its order", async () => {
    const { source, controls, handlers, changes, requests, settle } = setUp();
    const asked: Control[] = [{ action: "pause" }, { action: "export" }, { action: "step", unit: "batch" }];
    for (const control of asked) source.next(control);
    controls.settleRequests(handlers);
    expect([requests, changes]).toEqual([[{ action: "export" }], []]);
    await settle();
    expect(changes.map(({ to }) => to)).toEqual(["paused", "stepping-batch"]);
  });

  it("a step of one batch pauses with the batch, a step of an epoch only with the epoch", async () => {
    for (const [unit, afterBatch] of [
      ["batch", "paused"],
      ["epoch", "stepping"],
    ] as const) {
      const { source, controls, handlers, settle } = setUp();
      source.next({ action: "step", unit });
      await settle();
      controls.endBatch(handlers);
      expect(controls.mode).toBe(afterBatch);
      controls.endEpoch(handlers);
      expect(controls.mode).toBe("paused");
    }
  });

  it("any list of controls: changes join up, none changes nothing, and nothing follows a stop", async () => {
    const step = fc.constantFrom(
      ...(["pause", "resume", "stop"] as const).map((action) => ({ action })),
      ...(["batch", "epoch"] as const).map((unit) => ({ action: "step" as const, unit })),
      ...(["endBatch", "endEpoch"] as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { source, controls, handlers, changes, settle, end } = setUp();
        for (const next of steps) {
          if (typeof next === "string") controls[next](handlers);
          else source.next(next);
          const settled = settle();
          const paused = await isPending(settled);
          expect(paused).toBe(controls.mode === "paused");
          if (paused) controls.wake();
        }
        let mode: RunMode = "running";
        for (const { from, to } of changes) {
          expect(from).toBe(mode);
          expect(to).not.toBe(from);
          expect(from).not.toBe("stopping");
          mode = to;
        }
        expect(controls.mode).toBe(mode);
        if (steps.some((next) => typeof next !== "string" && next.action === "stop"))
          expect(mode).toBe("stopping");
        end();
      }),
      { numRuns: 50 },
    );
  });
});
