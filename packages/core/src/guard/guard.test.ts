import { describe, expect, it } from "vitest";
import { createGuard, type PluginFailure, type SlowHook } from "./guard.ts";

function setUp() {
  const failures: PluginFailure[] = [];
  const slow: SlowHook[] = [];
  let time = 0;
  const guard = createGuard({
    plugin: "frail",
    critical: false,
    onFailure: (failure) => failures.push(failure),
    onSlow: (hook) => slow.push(hook),
    clock: () => time,
  });
  return { guard, failures, slow, pass: (milliseconds: number) => (time += milliseconds) };
}

describe("guard", () => {
  it("passes on what a hook gives", () => {
    expect(setUp().guard.call("hook", () => 42)).toEqual({ ok: true, value: 42 });
  });

  it("names plugin and hook, counts, and disables after the third failure", () => {
    const { guard, failures } = setUp();
    for (let i = 0; i < 3; i++) {
      expect(guard.disabled).toBe(false);
      guard.call("update", () => {
        throw new Error("broken");
      });
    }
    expect(guard.disabled).toBe(true);
    expect(failures.map(({ failures: count, disabled }) => [count, disabled])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(failures[0]).toMatchObject({ plugin: "frail", hook: "update", message: "broken" });
  });

  it("tells a slow call once for each hook, with how long it took, and never punishes it", () => {
    const { guard, failures, slow, pass } = setUp();
    for (let turn = 0; turn < 5; turn++) {
      expect(guard.call("update", () => pass(1000 * turn)).ok).toBe(true);
      guard.call("result", () => pass(1001));
    }
    expect(slow).toEqual([
      { plugin: "frail", hook: "result", milliseconds: 1001 },
      { plugin: "frail", hook: "update", milliseconds: 2000 },
    ]);
    expect([failures, guard.disabled]).toEqual([[], false]);
  });

  it("a promise that rejects is its hook's failure, which settling waits for", async () => {
    const { guard, failures } = setUp();
    const { promise, reject } = Promise.withResolvers<void>();
    guard.call("update", () => promise);
    guard.call("update", async () => {});
    const settled = guard.settle();
    reject(new Error("later"));
    await settled;
    expect(failures).toMatchObject([{ plugin: "frail", hook: "update", message: "later", failures: 1 }]);
    await guard.settle();
  });

  it("keeps calls, milliseconds and failures of each hook", () => {
    const { guard, pass } = setUp();
    guard.call("a", () => pass(3));
    guard.call("a", () => pass(4));
    guard.fail("b", "elsewhere");
    expect(guard.times()).toEqual([
      { plugin: "frail", hook: "a", calls: 2, milliseconds: 7, failures: 0 },
      { plugin: "frail", hook: "b", calls: 0, milliseconds: 0, failures: 1 },
    ]);
  });

  it("keeps the stack of what was thrown, cut where it has no end, and none of what is no error", () => {
    const { guard, failures } = setUp();
    const odd = Object.defineProperty(new Error("odd"), "stack", {
      get() {
        throw new Error("no stack");
      },
    });
    const endless = Object.assign(new Error("endless"), { stack: "x".repeat(9999) });
    for (const thrown of [new Error("broken"), endless, odd, "text"]) guard.fail("update", thrown);
    expect(failures.map(({ message, stack }) => [message, stack?.length])).toEqual([
      ["broken", expect.any(Number)],
      ["endless", 4000],
      ["odd", undefined],
      ["text", undefined],
    ]);
    expect(failures[0]?.stack).toMatch(/^Error: broken\n {4}at .*guard\.test\.ts/);
  });

  it.each([
    [undefined, "undefined"],
    ["text", "text"],
    [new Error(""), "Error"],
    [null, "null"],
    [Object.create(null), "what was thrown has no text"],
    [Object.assign(new Error("x"), { message: { code: 5 } }), "[object Object]"],
  ])("survives a throw of %s", (thrown, message) => {
    const { guard, failures } = setUp();
    guard.call("hook", () => {
      throw thrown;
    });
    expect(failures[0]?.message).toBe(message);
  });
});
