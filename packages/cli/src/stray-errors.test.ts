import { sep } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { originOf, ownFolders, watchStrayErrors } from "./stray-errors.ts";

const OWN = `    at draw (file://${import.meta.dirname}/dashboard/live.ts:10:3)`;
const INSTALLED = `    at ${import.meta.dirname.replace(/src$/, "dist")}/main.js:3:1`;
const LIBRARY = "    at next (/home/me/work/node_modules/rxjs/dist/cjs/internal/Subject.js:43:7)";
const NODE = "    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)";
const PLUGIN = "    at Timeout._onTimeout (file:///home/me/work/plugin.mjs:4:9)";

function errorFrom(...frames: readonly string[]): Error {
  return Object.assign(new Error("it broke"), { stack: ["Error: it broke", ...frames].join("\n") });
}

describe("originOf", () => {
  it.each([
    ["plugin", errorFrom(PLUGIN, NODE)],
    ["plugin", errorFrom("    at async save (/home/me/own metric.ts:4:9)".replace("own metric", "own-metric"))],
    // It has called what trainscope lent it.
    ["plugin", errorFrom(OWN, LIBRARY, PLUGIN)],
    ["own", errorFrom(OWN, LIBRARY, NODE)],
    ["own", errorFrom(INSTALLED)],
    ["unknown", errorFrom(LIBRARY, NODE)],
    ["unknown", errorFrom()],
    ["unknown", "a text that was thrown"],
    ["unknown", undefined],
  ] as const)("%s: %s", (origin, thrown) => {
    expect(originOf(thrown)).toBe(origin);
  });
});

it.skipIf(sep !== "/")("of what is installed beside it nothing is trainscope's", () => {
  expect(ownFolders("/home/me/node_modules/")).toEqual([
    "/home/me/node_modules/trainscope/",
    "/home/me/node_modules/@trainscope/",
  ]);
});

describe("watchStrayErrors", () => {
  const before = new Set(process.listeners("uncaughtException"));
  afterEach(() => vi.restoreAllMocks());

  /** As Node.js tells of one; not through the process, whose other listeners would hear it. */
  function throwAway(thrown: Error): void {
    for (const listener of process.listeners("uncaughtException")) {
      if (!before.has(listener)) listener(thrown, "uncaughtException");
    }
  }

  it("keeps a plugin's, and hands on the first that is none at once", () => {
    const onFault = vi.fn();
    const errors = watchStrayErrors(onFault);
    for (let i = 0; i < 3; i++) throwAway(errorFrom(PLUGIN));
    expect([errors.collected(), errors.fault()]).toEqual([
      [["an error outside of every hook (3 times): it broke", PLUGIN]],
      undefined,
    ]);
    expect(onFault).not.toHaveBeenCalled();
    throwAway(errorFrom(OWN));
    throwAway(errorFrom(LIBRARY));
    expect(onFault.mock.calls).toEqual([
      ["a fault of trainscope: it broke (in packages/cli/src/dashboard/live.ts)"],
    ]);
    expect(errors.fault()).toBe(onFault.mock.calls[0]?.[0]);
  });

  it("who watches later hears in place of who did before", () => {
    const [one, other] = [vi.fn(), vi.fn()];
    watchStrayErrors(one);
    watchStrayErrors(other);
    throwAway(errorFrom(OWN));
    expect([one.mock.calls.length, other.mock.calls.length]).toEqual([0, 1]);
  });
});
