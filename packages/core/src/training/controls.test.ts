import fc from "fast-check";
import { Subject, throwError } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Control } from "./control.ts";
import { createControls, type ModeChange, type RunMode } from "./controls.ts";

function setUp() {
  const source = new Subject<Control>();
  const controls = createControls(source);
  const changes: ModeChange[] = [];
  let over = false;
  const settle = () =>
    controls.settle(
      (change) => changes.push(change),
      () => over,
    );
  const end = (): void => {
    over = true;
    controls.wake();
  };
  return { source, controls, changes, settle, end };
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
    const controls = createControls(throwError(() => new Error("gone")));
    await controls.settle(
      () => {},
      () => false,
    );
    expect(controls.failure?.thrown).toEqual(new Error("gone"));
  });

  it("any list of controls: changes join up, none changes nothing, and nothing follows a stop", async () => {
    const control = fc.constantFrom("pause", "resume", "step", "stop", "epoch" as const);
    await fc.assert(
      fc.asyncProperty(fc.array(control, { maxLength: 30 }), async (actions) => {
        const { source, controls, changes, settle, end } = setUp();
        for (const action of actions) {
          if (action === "epoch") controls.endEpoch((change) => changes.push(change));
          else source.next({ action });
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
        if (actions.includes("stop")) expect(mode).toBe("stopping");
        end();
      }),
      { numRuns: 50 },
    );
  });
});
