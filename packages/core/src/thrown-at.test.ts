import fc from "fast-check";
import { expect, it } from "vitest";
import { stackOf, thrownAt } from "./thrown-at.ts";

const OWN = new URL("guard/guard.ts", import.meta.url).href;

/** An error that was thrown in these places, the innermost first. */
function thrownIn(...frames: readonly string[]): Error {
  return Object.assign(new Error("broken"), {
    stack: `Error: broken\n${frames.map((f) => `    ${f}`).join("\n")}`,
  });
}

it.each([
  ["at update (file:///home/a/my%20metric.ts:12:5)", "/home/a/my metric.ts:12"],
  ["at file:///home/a/metric.mjs?t=17:3:1", "/home/a/metric.mjs:3"],
  ["at Object.update (/home/a (b)/metric.cjs:7:9)", "/home/a (b)/metric.cjs:7"],
  ["at async Promise.all (file:///C:/a/metric.ts:1:2)", "C:/a/metric.ts:1"],
])("%s is a place", (frame, place) => {
  expect(thrownAt(thrownIn("at JSON.parse (<anonymous>)", frame, `at call (${OWN}:99:3)`))).toBe(place);
});

it("Node's, this package's and installed packages' places are passed over, but for a plugin that is installed", () => {
  const plugin = "at update (file:///home/a/metric.ts:12:5)";
  const library = "at mean (file:///home/a/node_modules/maths/index.js:1:5)";
  expect(thrownAt(thrownIn("at readFileSync (node:fs:441:20)", `at check (${OWN}:1:1)`, library, plugin))).toBe(
    "/home/a/metric.ts:12",
  );
  expect(thrownAt(thrownIn(library, `at call (${OWN}:99:3)`))).toBe("/home/a/node_modules/maths/index.js:1");
  expect(thrownAt(thrownIn(`at call (${OWN}:99:3)`))).toBeUndefined();
});

it("whatever is thrown, it tells a place or none", () => {
  const hostile = {
    get stack() {
      throw new Error("no stack");
    },
  };
  expect(thrownAt(Object.setPrototypeOf(hostile, Error.prototype))).toBeUndefined();
  expect(thrownAt(thrownIn("at update (file://%zz:1:1)"))).toBeUndefined();
  fc.assert(
    fc.property(fc.anything(), (thrown) => {
      expect(thrownAt(thrown)).toBeUndefined();
    }),
  );
});

it("the stacks of causes follow, and a circle of them ends", () => {
  const inner = thrownIn("at load (file:///home/a/images.ts:3:9)");
  const outer = Object.assign(new Error("no data"), { stack: "Error: no data", cause: inner });
  expect(stackOf(outer)).toBe(`Error: no data\ncaused by: ${inner.stack}`);
  expect(thrownAt(outer)).toBe("/home/a/images.ts:3");
  inner.cause = outer;
  expect(stackOf(outer)?.split("caused by: ")).toHaveLength(5);
});
