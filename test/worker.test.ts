// What a worker, and a sweep on a queue, refuse: other images, jobs that are none, a Redis that would drop trials or is not there.
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Queue } from "bullmq";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { startWorker, toldIn, trainedBy } from "./support/queued-sweep.ts";
import { freePort, hasRedis, startRedis, startTlsRedis } from "./support/redis.ts";
import { start } from "./support/started.ts";

const TRIAL = ["sweep", "--data", "sample", "--eta", "0.01", "--epochs", "1", "--reporter", "json"];

/** CIFAR-10's files, of which every byte is 0; they take no room on the disk. */
function blackImages(home: string): string {
  const folder = join(home, "black");
  mkdirSync(folder);
  for (const name of [
    "data_batch_1",
    "data_batch_2",
    "data_batch_3",
    "data_batch_4",
    "data_batch_5",
    "test_batch",
  ]) {
    const path = join(folder, `${name}.bin`);
    writeFileSync(path, "");
    truncateSync(path, 10_000 * (1 + 3 * 32 * 32));
  }
  writeFileSync(join(folder, "batches.meta.txt"), NAMES.join("\n"));
  return folder;
}

const PROGRAM = `trainscope ${createRequire(import.meta.url)("../packages/cli/package.json").version}`;
const NAMES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

const WEEK_MS = 7 * 24 * 3600 * 1000;
/** Jobs that have ended and stay. */
const MOST_ENDED = 10_000;

interface SortedSets {
  zadd(key: string, ...scored: readonly (number | string)[]): Promise<unknown>;
  zcard(key: string): Promise<number>;
  zrange(key: string, from: number, to: number): Promise<readonly string[]>;
}

/** Jobs that ended more than a week ago, and as many that ended since as may stay; gives what is left of both. */
async function fillWithEnded(queue: Queue) {
  // BullMQ tells of its client only what it uses itself.
  const client = (await queue.getBackend().client) as unknown as SortedSets;
  const key = queue.toKey("completed");
  const now = Date.now();
  const long = ["long-1", "long-2"].flatMap((name) => [now - WEEK_MS - 60_000, name]);
  // They ended a second apart, the last just now.
  const recent = Array.from({ length: MOST_ENDED }, (_, index) => [
    now - 1000 * (MOST_ENDED - index),
    `recent-${index}`,
  ]);
  await client.zadd(key, ...long, ...recent.flat());
  return async () => ({
    count: await client.zcard(key),
    oldest: (await client.zrange(key, 0, 0))[0],
  });
}

describe.skipIf(!hasRedis)("on a queue", () => {
  it("a worker with other images takes nothing, the sweep says which are asked for, and one that has them trains", async () => {
    const home = temporaryFolder();
    const redis = await startRedis();
    const out = join(home, "sweep");
    const sweep = start([...TRIAL, "--out", out, "--queue", redis.url]);
    await sweep.told('"type":"sweep:start"');
    const worker = ["worker", redis.url, "--store", join(home, "store"), "--reporter", "json"];
    const other = start([...worker, "--data", blackImages(home)]);
    await other.told('"type":"worker:start"');
    await sweep.warned("1 trials wait, and no worker takes one");
    startWorker(redis.url, join(home, "store"));
    expect(await sweep.ended).toBe(0);
    other.child.kill("SIGTERM");
    expect(await other.ended).toBe(0);
    expect(toldIn(other.stdout()).filter(({ type }) => type === "trial:start")).toEqual([]);
    const [told] = toldIn(sweep.stdout()).filter(({ type }) => type === "trial:end");
    expect(told).toMatchObject({ reason: "completed" });
    expect(sweep.stderr()).toContain(`trainscope worker ${redis.url}, on the same images (checksum `);
  });

  it("a job that is no trial is failed, whatever it names; the worker goes on, and what ended long ago is removed", async () => {
    const home = temporaryFolder();
    const redis = await startRedis();
    const worker = startWorker(redis.url, join(home, "store"));
    await worker.told('"type":"worker:start"');
    const { fingerprint = "" } = toldIn(worker.stdout())[0] ?? {};
    const study = { program: PROGRAM, fingerprint };
    const name = `trials-${PROGRAM.replace(" ", "-")}-${fingerprint.slice(0, 12)}`;
    const queue = new Queue(name, { connection: { port: redis.port }, prefix: "trainscope" });
    onTestFinished(async () => await queue.close());
    const jobs = [
      { command: "touch hacked", module: "./hacked.js" },
      { v: 1, settings: { epochs: 1e9 }, path: "../../hacked" },
      { v: 1, ...study, dataName: "x", title: "x", epochs: 1, settings: {} },
    ];
    for (const [index, data] of jobs.entries())
      await queue.add("trial", data, { jobId: `../hostile-${index}` });
    const kept = await fillWithEnded(queue);
    const sweep = await trainscope([...TRIAL, "--out", join(home, "sweep"), "--queue", redis.url]);
    expect(sweep.status).toBe(0);
    const ended = await kept();
    expect(ended.count).toBe(MOST_ENDED);
    expect(ended.oldest).toBe("recent-1");
    const failed = await queue.getFailed();
    expect(failed.map(({ failedReason }) => failedReason).sort()).toEqual([
      "it is no trial: its key is not that of its settings",
      "it is no trial: program is missing; expected a string",
      "it is no trial: v is missing; expected 1",
    ]);
    expect(toldIn(worker.stdout()).filter(({ type }) => type === "trial:start")).toHaveLength(1);
    expect(readdirSync(home).sort()).toEqual(["store", "sweep"]);
  });

  it("a worker that runs and takes nothing asks anew, and ends where that doesn't help", async () => {
    const home = temporaryFolder();
    const redis = await startRedis();
    const worker = startWorker(redis.url, join(home, "store"), "1");
    await worker.told('"type":"worker:start"');
    const { fingerprint = "" } = toldIn(worker.stdout())[0] ?? {};
    const name = `trials-${PROGRAM.replace(" ", "-")}-${fingerprint.slice(0, 12)}`;
    const queue = new Queue(name, { connection: { port: redis.port }, prefix: "trainscope" });
    onTestFinished(async () => await queue.close());
    // No job becomes active, whoever asks: to BullMQ the worker runs all the same.
    await queue.setGlobalConcurrency(0);
    await queue.add("trial", {});
    await worker.warned("1 trials wait, and none has come; asking for them anew");
    expect(await worker.ended).toBe(1);
    expect(worker.stderr()).toContain("1 trials wait, and none comes to this worker");
    expect(await queue.getWaitingCount()).toBe(1);
  });

  it("a Redis that may drop keys is refused with the reason, by both", async () => {
    const home = temporaryFolder();
    const redis = await startRedis("--maxmemory-policy", "allkeys-lru");
    for (const args of [
      [...TRIAL, "--out", join(home, "sweep"), "--queue", redis.url],
      ["worker", redis.url, "--data", "sample", "--store", join(home, "store")],
    ]) {
      const { status, stderr } = await trainscope(args);
      expect(status).toBe(2);
      expect(stderr).toContain(
        "has the eviction policy allkeys-lru; expected noeviction: with any other it drops",
      );
    }
    expect(readdirSync(home)).toEqual([]);
  });

  it("a password is asked for, and never shown", async () => {
    const home = temporaryFolder();
    const redis = await startRedis("--requirepass", "sesame");
    const worker = ["worker", "--data", "sample", "--store", join(home, "store")];
    const [none, wrong] = await Promise.all([
      trainscope([...worker, redis.url]),
      trainscope([...worker, redis.url.replace("//", "//:open-barley@")]),
    ]);
    expect([none.status, wrong.status]).toEqual([2, 2]);
    expect(none.stderr).toContain("refuses the user or the password");
    expect(wrong.stdout + wrong.stderr).not.toContain("barley");
  });

  it("a password is taken from the environment, and goes through TLS to whom the certificate names", async (context) => {
    const home = temporaryFolder();
    const redis = await startTlsRedis("--requirepass", "sesame");
    if (redis === undefined) return context.skip("redis-server has no TLS here, or there is no openssl");
    const { url, certificate } = redis;
    const store = join(home, "store");
    const password = { TRAINSCOPE_REDIS_PASSWORD: "sesame" };
    const refused = await trainscope(["worker", url, "--data", "sample", "--store", store], {
      environment: password,
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`Redis at ${url} can't be reached: self-signed certificate`);
    const environment = { ...password, NODE_EXTRA_CA_CERTS: certificate };
    const worker = startWorker(url, store, undefined, { environment });
    const sweep = await trainscope([...TRIAL, "--out", join(home, "sweep"), "--queue", url], { environment });
    expect(sweep).toMatchObject({ status: 0, stderr: "" });
    expect(trainedBy([worker])).toEqual(["eta 0.01, seed 0"]);
    expect(worker.stdout() + worker.stderr() + sweep.stdout).not.toContain("sesame");
  });
});

it("one that is not there is told in a line", async () => {
  const url = `redis://127.0.0.1:${await freePort()}`;
  const { status, stderr } = await trainscope(["worker", url, "--data", "sample"], { cwd: temporaryFolder() });
  expect(status).toBe(1);
  expect(stderr).toContain(`Redis at ${url} can't be reached: connect ECONNREFUSED`);
  expect(stderr).not.toContain("    at ");
});

it.each(["127.0.0.1:6379", "http://localhost", "redis://user:secret@", "redis://localhost/x"])(
  "%s is no address, and its password isn't shown",
  async (address) => {
    const { status, stderr } = await trainscope(["worker", address, "--data", "sample"]);
    expect(status).toBe(2);
    expect(stderr).toContain("is no address of Redis; expected redis://HOST:PORT");
    expect(stderr).not.toContain("secret");
  },
);
