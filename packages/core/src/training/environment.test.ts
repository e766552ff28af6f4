import { describe, expect, it } from "vitest";
import type { Environment } from "../events.ts";
import { decisivePart, hostOf } from "./environment.ts";
import { environmentChanges } from "./environment-changes.ts";

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

describe("what results depend on", () => {
  const wasm: Environment = {
    engine: "wasm",
    precision: "float32",
    threads: 4,
    simd: "128 bit, relaxed",
    build: "1a2b",
    processor: "A",
    runtime: "Node.js 22.18.0",
  };
  const reference: Environment = {
    engine: "reference",
    precision: "float64",
    threads: 1,
    processor: "A",
    runtime: "Node.js 22.18.0",
  };

  it("is all but the threads, and the processor of an engine without vectors", () => {
    const { threads: _, ...others } = wasm;
    expect(decisivePart(wasm)).toEqual(others);
    expect(decisivePart(reference)).toEqual({
      engine: "reference",
      precision: "float64",
      runtime: "Node.js 22.18.0",
    });
  });

  it.each<[string, Environment, Partial<Environment>, readonly string[]]>([
    ["nothing", wasm, {}, []],
    ["threads", wasm, { threads: 1 }, []],
    ["processor", wasm, { processor: "B" }, ["processor A before, B now"]],
    ["processor, without vectors", reference, { processor: "B" }, []],
    [
      "runtime",
      reference,
      { runtime: "Node.js 24.0.0" },
      ["runtime Node.js 22.18.0 before, Node.js 24.0.0 now"],
    ],
    ["build", wasm, { build: "3c4d" }, ["build of the engine 1a2b before, 3c4d now"]],
    ["vectors", wasm, { simd: "128 bit", build: "3c4d" }, ["vectors 128 bit, relaxed before, 128 bit now"]],
    ["engine", wasm, { engine: "native", simd: "512 bit", build: "3c4d" }, ["engine wasm before, native now"]],
    [
      "two of them",
      wasm,
      { build: "3c4d", processor: "B" },
      ["build of the engine 1a2b before, 3c4d now", "processor A before, B now"],
    ],
  ])("another %s", (_, before, changed, expected) => {
    expect(environmentChanges(before, { ...before, ...changed })).toEqual(expected);
  });

  it("what one of the two doesn't tell, as logs of earlier versions, is not compared", () => {
    const earlier: Environment = { engine: "wasm", precision: "float32", threads: 4 };
    expect(environmentChanges(earlier, wasm)).toEqual([]);
    expect(environmentChanges(wasm, earlier)).toEqual([]);
    expect(environmentChanges(earlier, reference)).toEqual(["engine wasm before, reference now"]);
  });
});
