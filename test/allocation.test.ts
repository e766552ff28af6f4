import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it.each(["reference", "wasm"])("the %s engine allocates nothing per batch", (engine) => {
  const program = join(import.meta.dirname, "programs/allocation.ts");
  const flags = ["--min-semi-space-size=64", "--max-semi-space-size=64"];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program, engine], { encoding: "utf8" });
  expect(stderr).toBe("");
  // The smallest object, a number on the heap, takes 12 bytes.
  expect(Math.abs(Number(stdout))).toBeLessThan(8);
});
