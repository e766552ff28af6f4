// A day of watching: a replayed run of 10,000 epochs on the dashboard.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { LongRun } from "./programs/long-run.ts";

/** What the charts make of the history (averages, the part of it that is shown), and a full log. 330 bytes an epoch. */
const MOST_BEYOND_HISTORY = 3_000_000;

it("a run of 10,000 epochs keeps the dashboard's memory flat, but for the history's own numbers", async () => {
  const program = join(import.meta.dirname, "programs/long-run.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program]);
  const { epochs, frames, memory, first, last } = JSON.parse(stdout) as LongRun;
  expect(epochs).toBe(10_000);
  expect(frames).toBeGreaterThan(1500);
  expect(memory.end - memory.tenth).toBeLessThan(memory.ofHistory + MOST_BEYOND_HISTORY);
  expect(Object.keys(last).sort()).toEqual(Object.keys(first).sort());
  // How quick they are is for the benchmarks to judge: part (j).
  const times = Object.keys(first).map((look) => `${look} ${first[look]} and ${last[look]}`);
  console.log(`CPU of a frame in ms, first and last: ${times.join(", ")}`);
});
