import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it("prints a sentence an epoch, the last better than the first", () => {
  const { stdout, stderr, status } = spawnSync("node", [join(import.meta.dirname, "own-loop.ts")], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  const shares = [...stdout.matchAll(/After epoch \d, ([\d.]+) %/g)].map(([, share]) => Number(share));
  expect(shares).toHaveLength(5);
  expect(shares[4]).toBeGreaterThan(shares[0] ?? Number.NaN);
});
