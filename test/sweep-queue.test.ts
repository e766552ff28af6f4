// Sweeps on a queue, as on several machines: real processes, and a real redis-server on loopback.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { hasRedis, startRedis } from "./support/redis.ts";
import { type Started, start } from "./support/started.ts";

const GRID = [
  "--eta",
  "1e-3,1e-2,1e-1",
  "--lambda",
  "0,0.1",
  "--strategy",
  "grid",
  "--epochs",
  "3",
  "--seeds",
  "2",
];
const SWEEP = ["sweep", "--data", "sample", "--engine", "wasm", "--reporter", "json"];

const resultsIn = (folder: string): unknown => JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));

function worker(url: string, ...args: readonly string[]): Started {
  return start(
    [
      ...["worker", url, "--data", "sample", "--engine", "wasm", "--threads", "1"],
      ...["--lock", "1", "--reporter", "json", ...args],
    ],
    { cwd: temporaryFolder() },
  );
}

/** What a sweep comes to that nobody disturbs, on this machine alone. */
async function undisturbed(args: readonly string[], home: string): Promise<unknown> {
  const out = join(home, "undisturbed");
  const { status } = await trainscope([...SWEEP, ...args, "--out", out]);
  expect(status).toBe(0);
  return resultsIn(out);
}

describe.skipIf(!hasRedis)("a sweep on a queue", () => {
  it("comes to the table of one machine, and each trial is trained once", async () => {
    const home = temporaryFolder();
    const redis = await startRedis();
    const workers = [worker(redis.url), worker(redis.url)];
    const out = join(home, "queued");
    const queued = await trainscope([...SWEEP, ...GRID, "--out", out, "--queue", redis.url]);
    expect(queued).toMatchObject({ status: 0, stderr: "" });
    expect(resultsIn(out)).toEqual(await undisturbed(GRID, home));
    const trained = workers.flatMap(({ stdout }) => stdout().match(/"type":"trial:end"/g) ?? []);
    expect(trained).toHaveLength(12);
    // Drained on SIGTERM, as a service is ended.
    for (const { child } of workers) child.kill("SIGTERM");
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
    // What it came to is kept by the sweep, whatever becomes of Redis and the workers.
    await redis.kill();
    const again = await trainscope(["sweep", "--data", "sample", "--out", out]);
    expect(again.status).toBe(0);
    expect(readdirSync(out)).toContain("outcomes.jsonl");
  });
});
