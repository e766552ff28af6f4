import { expect, it } from "vitest";
import { hostOf } from "./environment.ts";

it("Node tells its version and its processor", () => {
  expect(hostOf(globalThis).runtime).toMatch(/^Node\.js \d+\.\d+\.\d+$/);
  const process = {
    versions: { node: "24.11.0" },
    getBuiltinModule: () => ({ cpus: () => [{ model: "Z80 " }] }),
  };
  expect(hostOf({ process, navigator: { userAgent: "Node.js/24" } })).toEqual({
    processor: "Z80",
    runtime: "Node.js 24.11.0",
  });
});

it("a browser tells what it calls itself, and no processor", () => {
  expect(hostOf({ navigator: { userAgent: "Mozilla/5.0 (X11) Firefox/140.0" } })).toEqual({
    runtime: "Mozilla/5.0 (X11) Firefox/140.0",
  });
});

it("what a host doesn't tell is left out", () => {
  expect(hostOf({})).toEqual({});
  // A container may hide /proc/cpuinfo.
  const process = { versions: { node: "24.11.0" }, getBuiltinModule: () => ({ cpus: () => [] }) };
  expect(hostOf({ process })).toEqual({ runtime: "Node.js 24.11.0" });
});
