import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

// A slice is an asynchronous call: the reference engine's takes a few hundred bytes. The wasm engine's has a message from
// a thread, which Node.js makes an event of.
it.each([
  ["reference", 8],
  ["wasm", 64],
])("the %s engine allocates nothing per batch, and little per slice", (engine, bytesOfABatch) => {
  const program = join(import.meta.dirname, "programs/allocation.ts");
  const flags = ["--min-semi-space-size=64", "--max-semi-space-size=64"];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program, engine], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(Math.abs(Number(stdout))).toBeLessThan(bytesOfABatch);
});
