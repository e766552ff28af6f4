import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nativeSupport } from "@trainscope/engine-native";
import { expect, it } from "vitest";

// A slice is an asynchronous call: the reference engine's takes a few hundred bytes. The wasm engine's has a message from
// a thread, which Node.js makes an event of; the native engine's has views of what it works on.
it.each<readonly [string, number]>([
  ["reference", 8],
  ["wasm", 64],
  ...(nativeSupport().available ? [["native", 64] as const] : []),
])("the %s engine allocates nothing per batch, and little per slice", (engine, bytesOfABatch) => {
  const program = join(import.meta.dirname, "programs/allocation.ts");
  const flags = ["--min-semi-space-size=64", "--max-semi-space-size=64"];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program, engine], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(Math.abs(Number(stdout))).toBeLessThan(bytesOfABatch);
});
