import { describe, expect, it } from "vitest";
import { createGuard, type PluginFailure } from "./guard.ts";

function setUp() {
  const failures: PluginFailure[] = [];
  let time = 0;
  const guard = createGuard({
    plugin: "frail",
    critical: false,
    onFailure: (failure) => failures.push(failure),
    clock: () => time,
  });
  return { guard, failures, pass: (milliseconds: number) => (time += milliseconds) };
}

describe("guard", () => {
  it("passes on what a hook gives", () => {
    expect(setUp().guard.call("hook", 10, () => 42)).toEqual({ ok: true, value: 42 });
  });

  it("names plugin and hook, counts, and disables after the third failure", () => {
    const { guard, failures } = setUp();
    for (let i = 0; i < 3; i++) {
      expect(guard.disabled).toBe(false);
      guard.call("update", 10, () => {
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

  it("counts a call over the limit as a failure, says both numbers, and still passes its value on", () => {
    const { guard, failures, pass } = setUp();
    expect(guard.call("update", 10, () => pass(11))).toEqual({ ok: true, value: 11 });
    guard.call("update", 10, () => pass(10));
    expect(failures.map(({ message }) => message)).toEqual(["took 11 ms; the limit is 10 ms"]);
  });

  it("keeps calls, milliseconds and failures of each hook", () => {
    const { guard, pass } = setUp();
    guard.call("a", 10, () => pass(3));
    guard.call("a", 10, () => pass(4));
    guard.fail("b", "elsewhere");
    expect(guard.times()).toEqual([
      { plugin: "frail", hook: "a", calls: 2, milliseconds: 7, failures: 0 },
      { plugin: "frail", hook: "b", calls: 0, milliseconds: 0, failures: 1 },
    ]);
  });

  it.each([
    [undefined, "undefined"],
    ["text", "text"],
    [new Error(""), "Error"],
    [null, "null"],
  ])("survives a throw of %s", (thrown, message) => {
    const { guard, failures } = setUp();
    guard.call("hook", 10, () => {
      throw thrown;
    });
    expect(failures[0]?.message).toBe(message);
  });
});
