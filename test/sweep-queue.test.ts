// Sweeps on a queue, as on several machines: real processes, and a real redis-server on loopback, which goes away, or whose
// coordinators do.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import {
  expectCountedOnce,
  STUDY,
  SWEEP,
  startWorker,
  type Table,
  TITLES,
  tableIn,
  trainedBy,
  undisturbed,
} from "./support/queued-sweep.ts";
import { hasRedis, startRedis } from "./support/redis.ts";
import { start } from "./support/started.ts";

/** Long: none is lost because the machine is busy. */
const LONG_LOCK = "60";

/** A part of the study, which comes to the same figures. */
const PART = ["--eta", "1e-3", "--lambda", "0,0.1", "--strategy", "grid", "--epochs", "20", "--seeds", "2"];
const PART_ETA = "eta 0.001,";

describe.skipIf(!hasRedis)("a sweep on a queue", () => {
  it("comes to the table of one machine, each training done once, beside another study with a prefix of its own", async () => {
    const home = temporaryFolder();
    const [out, other] = [join(home, "sweep"), join(home, "other")];
    const redis = await startRedis();
    // They share nothing.
    const workers = ["one", "two"].map((store) => startWorker(redis.url, join(home, store), LONG_LOCK));
    const flags = [
      "worker",
      redis.url,
      "--data",
      "sample",
      "--engine",
      "wasm",
      "--threads",
      "1",
      "--reporter",
      "json",
    ];
    const others = [start([...flags, "--prefix", "part", "--store", join(home, "three")])];
    const [queued, part] = await Promise.all([
      trainscope([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]),
      trainscope([...SWEEP, ...PART, "--out", other, "--queue", redis.url, "--prefix", "part"]),
    ]);
    expect(queued).toMatchObject({ status: 0, stderr: "" });
    expect(part).toMatchObject({ status: 0, stderr: "" });
    const { table } = await undisturbed();
    expect(tableIn(out)).toEqual(table);
    expectCountedOnce(out);
    expect(trainedBy(workers)).toEqual(TITLES);
    // Nothing came from the trainings of the first, which are the same ones.
    expect(trainedBy(others)).toEqual(TITLES.filter((title) => title.includes(PART_ETA)));
    const meansOf = ({ candidates }: Table) =>
      candidates.filter(({ point }) => point.learningRate === 1e-3).map(({ point, mean }) => [point, mean]);
    expect(meansOf(tableIn(other))).toEqual(meansOf(table));
    // Drained on SIGTERM, as a service is ended.
    for (const { child } of [...workers, ...others]) child.kill("SIGTERM");
    expect(await Promise.all([...workers, ...others].map((worker) => worker.ended))).toEqual([0, 0, 0]);
    // What it came to is kept by the sweep, whatever becomes of Redis and the workers.
    await redis.kill();
    const before = readFileSync(join(out, "results.json"));
    const again = await trainscope([...SWEEP, "--out", out]);
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('"type":"sweep:end"');
    expect(again.stdout).not.toContain('"type":"trial:start"');
    expect(readFileSync(join(out, "results.json"))).toEqual(before);
  });

  // Searches whose next trial depends on what has come back: with two workers, in whatever order that is.
  it.each([
    ["halving", ["--budget", "9", "--epochs", "9", "--least-epochs", "1"]],
    // The first ten are drawn at random.
    ["tpe", ["--budget", "16", "--epochs", "2"]],
  ])("comes to the table of one machine by %s", async (strategy, limits) => {
    const home = temporaryFolder();
    const redis = await startRedis();
    const workers = ["one", "two"].map((store) => startWorker(redis.url, join(home, store), LONG_LOCK));
    const [alone, queued] = [join(home, "alone"), join(home, "queued")];
    const search = ["--eta", "log:1e-4..1e-1", "--strategy", strategy, ...limits, "--ahead", "3"];
    const ends = await Promise.all([
      trainscope([...SWEEP, ...search, "--threads", "1", "--out", alone]),
      trainscope([...SWEEP, ...search, "--out", queued, "--queue", redis.url]),
    ]);
    expect(ends).toMatchObject([
      { status: 0, stderr: "" },
      { status: 0, stderr: "" },
    ]);
    expect(tableIn(queued)).toEqual(tableIn(alone));
    // Both workers had a part in it, each of what was asked for once.
    const shares = workers.map((worker) => trainedBy([worker]).length);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    const jobs = readFileSync(join(queued, "jobs.jsonl"), "utf8").trim().split("\n");
    expect(trainedBy(workers)).toHaveLength(jobs.length);
    expect(jobs).toEqual(readFileSync(join(alone, "jobs.jsonl"), "utf8").trim().split("\n"));
  });

  it("goes on where Redis is killed and started again, and where it is away for 20 seconds", async () => {
    const home = temporaryFolder();
    const [out, store] = [join(home, "sweep"), join(home, "store")];
    const redis = await startRedis();
    const workers = [1, 2].map(() => startWorker(redis.url, store));
    const sweep = start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    await sweep.told('"type":"trial:end"', 2);
    await redis.kill();
    await redis.start();
    await sweep.told('"type":"trial:end"', 4);
    await redis.kill();
    await setTimeout(20_000);
    await redis.start();
    expect(await sweep.ended).toBe(0);
    expect(sweep.stderr()).toContain(`Redis at ${redis.url} is away`);
    expect(sweep.stderr()).toContain(`Redis at ${redis.url} is back`);
    expect(tableIn(out)).toEqual((await undisturbed()).table);
    expectCountedOnce(out);
    // What ended while Redis was away was found in the store.
    expect(trainedBy(workers)).toEqual(TITLES);
    for (const { child } of workers) child.kill("SIGTERM");
    expect(await Promise.all(workers.map((worker) => worker.ended))).toEqual([0, 0]);
  });

  it("goes on where its coordinator was killed, beside another of the same study; each training is done once for both", async () => {
    const home = temporaryFolder();
    const redis = await startRedis();
    const workers = [1, 2].map(() => startWorker(redis.url, join(home, "store"), LONG_LOCK));
    const outs = [join(home, "one"), join(home, "two")];
    const startSweep = (out: string) => start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    const killed = startSweep(outs[0] as string);
    await killed.told('"type":"trial:end"', 3);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const coordinators = outs.map(startSweep);
    expect(await Promise.all(coordinators.map((one) => one.ended))).toEqual([0, 0]);
    const { table } = await undisturbed();
    for (const out of outs) {
      expect(tableIn(out)).toEqual(table);
      expectCountedOnce(out);
    }
    expect(trainedBy(workers)).toEqual(TITLES);
  });
});
