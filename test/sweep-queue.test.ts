// Sweeps on a queue, as on several machines: real processes, and a real redis-server on loopback, which goes away, or whose
// coordinators do.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import {
  ended,
  expectCountedOnce,
  STUDY,
  SWEEP,
  startWorker,
  TRAININGS,
  tableIn,
  undisturbed,
} from "./support/queued-sweep.ts";
import { hasRedis, startRedis } from "./support/redis.ts";
import { type Started, start } from "./support/started.ts";

/** Long: none is lost because the machine is busy. */
const LONG_LOCK = "60";

/** Not those that were found in the store. */
const trainedBy = (workers: readonly Started[]): number =>
  workers.flatMap(({ stdout }) => ended(stdout())).filter(({ outcome }) => outcome?.reused === false).length;

describe.skipIf(!hasRedis)("a sweep on a queue", () => {
  it("comes to the table of one machine, each training done once, on workers that share nothing", async () => {
    const home = temporaryFolder();
    const out = join(home, "sweep");
    const redis = await startRedis();
    const workers = ["one", "two"].map((store) => startWorker(redis.url, join(home, store), LONG_LOCK));
    const queued = await trainscope([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    expect(queued).toMatchObject({ status: 0, stderr: "" });
    expect(tableIn(out)).toEqual(await undisturbed());
    expectCountedOnce(out);
    expect(trainedBy(workers)).toBe(TRAININGS);
    // Drained on SIGTERM, as a service is ended.
    for (const { child } of workers) child.kill("SIGTERM");
    expect(await Promise.all(workers.map((worker) => worker.ended))).toEqual([0, 0]);
    // What it came to is kept by the sweep, whatever becomes of Redis and the workers.
    await redis.kill();
    const before = readFileSync(join(out, "results.json"));
    const again = await trainscope([...SWEEP, "--out", out]);
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('"type":"sweep:end"');
    expect(again.stdout).not.toContain('"type":"trial:start"');
    expect(readFileSync(join(out, "results.json"))).toEqual(before);
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
    expect(tableIn(out)).toEqual(await undisturbed());
    expectCountedOnce(out);
    for (const { child } of workers) child.kill("SIGTERM");
    expect(await Promise.all(workers.map((worker) => worker.ended))).toEqual([0, 0]);
  });

  it("goes on where its coordinator was killed, and nothing is trained twice", async () => {
    const home = temporaryFolder();
    const [out, store] = [join(home, "sweep"), join(home, "store")];
    const redis = await startRedis();
    const workers = [1, 2].map(() => startWorker(redis.url, store, LONG_LOCK));
    const command = [...SWEEP, ...STUDY, "--out", out, "--queue", redis.url];
    const killed = start(command);
    await killed.told('"type":"trial:end"', 3);
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect((await trainscope(command)).status).toBe(0);
    expect(tableIn(out)).toEqual(await undisturbed());
    expectCountedOnce(out);
    expect(trainedBy(workers)).toBe(TRAININGS);
  });

  it("two coordinators of one study come to the same, and each training is done once for both", async () => {
    const home = temporaryFolder();
    const redis = await startRedis();
    const workers = [1, 2].map(() => startWorker(redis.url, join(home, "store"), LONG_LOCK));
    const outs = [join(home, "one"), join(home, "two")];
    const coordinators = outs.map((out) => start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]));
    expect(await Promise.all(coordinators.map((one) => one.ended))).toEqual([0, 0]);
    const whole = await undisturbed();
    for (const out of outs) {
      expect(tableIn(out)).toEqual(whole);
      expectCountedOnce(out);
    }
    expect(trainedBy(workers)).toBe(TRAININGS);
  });
});
