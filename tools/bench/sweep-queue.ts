// What a queue of trials costs, on a redis-server of its own: tasks that do nothing, and tasks of a second, through the queue and
// the workers of `trainscope sweep --queue`.
//   node tools/bench/sweep-queue.ts
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { resolveSettings } from "@trainscope/core/settings";
import { createRedisTaskQueue, parseRedisAddress, startRedisTaskWorker } from "@trainscope/sweep/bullmq";
import { Redis } from "ioredis";

/** As long as a trial's. */
interface Task {
  readonly milliseconds: number;
  readonly settings: object;
}

const SHARED = { prefix: "bench", queueName: "trials", tell: () => {} };
const SETTINGS = {
  v: 1,
  program: "trainscope 0.1.0",
  dataName: "CIFAR-10 (data_batch_1)",
  fingerprint: "0".repeat(64),
  title: "lambda 0.001, eta 0.0123456789, seed 0",
  epochs: 40,
  settings: resolveSettings({}),
};
const OUTCOME = {
  v: 1,
  reason: "completed",
  milliseconds: 1234.5678,
  reused: false,
  values: { "validation/accuracy": 0.3987, "validation/loss": 1.7654321 },
  environment: {
    engine: "native",
    precision: "float32",
    threads: 1,
    simd: "512 bit",
    build: "0123456789abcdef",
  },
  file: "epochs-40-seed-0-12345678.json",
};
const WATCHER = { signal: new AbortController().signal, onStart: () => {}, onProgress: () => {} };
const KEPT = 10_000;
const EMPTY = 5_000;
const OF_A_SECOND = 10;
const QUEUED = 1_000;
const WORKERS = 10;

async function serve(url: string, slots: number): Promise<void> {
  const worker = startRedisTaskWorker<Task, object>({
    ...SHARED,
    address: parseRedisAddress(url, {}),
    name: `${process.pid}`,
    slots,
    lockMilliseconds: 30_000,
    checkTask: (_, value) => ({ value: value as Task }),
    async perform({ milliseconds }, { onProgress }) {
      for (let reached = 1; 1000 * reached <= milliseconds; reached++) {
        await setTimeout(1000);
        onProgress({ reached, values: OUTCOME.values });
      }
      return OUTCOME;
    },
  });
  process.on("SIGTERM", () => worker.drain());
  process.send?.("started");
  await worker.ended;
}

async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-bench-"));
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  listener.close();
  const settings = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes"];
  const child = spawn("redis-server", [...settings, "--save", ""], { stdio: "ignore" });
  return {
    port,
    async stop() {
      child.kill();
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function withWorkers<Result>(
  url: string,
  { count, slots = 1 }: { readonly count: number; readonly slots?: number },
  body: () => Promise<Result>,
): Promise<Result> {
  const workers: ChildProcess[] = Array.from({ length: count }, () =>
    fork(import.meta.filename, [url, `${slots}`]),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, "message")));
    return await body();
  } finally {
    for (const worker of workers) worker.kill("SIGTERM");
    await Promise.all(workers.map((worker) => once(worker, "exit")));
  }
}

/** Asks for tasks that nobody has asked for before. */
function createAsker(url: string) {
  const queue = createRedisTaskQueue<Task, object>({
    ...SHARED,
    address: parseRedisAddress(url, {}),
    checkOutcome: (value) => ({ value: value as object }),
    advice: "",
  });
  let key = 0;
  const one = (milliseconds: number): Promise<unknown> =>
    queue.run(
      `epochs-40-seed-0-${String(key++).padStart(32, "0")}`,
      { milliseconds, settings: SETTINGS },
      WATCHER,
    );
  /** As many at a time as a sweep asks for. */
  const ask = async (count: number, milliseconds: number, atATime = QUEUED): Promise<void> => {
    let left = count;
    const askOn = async (): Promise<void> => {
      while (left-- > 0) await one(milliseconds);
    };
    await Promise.all(Array.from({ length: atATime }, askOn));
  };
  return {
    ask,
    async secondsOf(count: number, milliseconds: number): Promise<number> {
      // The first find the connections open.
      await ask(5 * WORKERS, 0);
      const startedAt = performance.now();
      await ask(count, milliseconds);
      return (performance.now() - startedAt) / 1000;
    },
    close: () => queue.close(),
  };
}

async function measure(): Promise<void> {
  const redis = await startRedis();
  const url = `redis://127.0.0.1:${redis.port}`;
  const client = new Redis({ port: redis.port, maxRetriesPerRequest: null });
  // Until it listens.
  client.on("error", () => {});
  await client.ping();
  const asker = createAsker(url);
  const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await client.info("memory"))?.[1]);
  const print = (what: string, value: number, unit: string): void =>
    console.log(`${what.padEnd(44)} ${value.toFixed(1).padStart(8)} ${unit}`);

  const before = await used();
  const waiting = asker.ask(KEPT, 0, KEPT);
  while (Number(await client.llen(`${SHARED.prefix}:${SHARED.queueName}:wait`)) < KEPT) await setTimeout(50);
  print(`memory, ${KEPT} trials that wait`, ((await used()) - before) / 1e6, "MB");
  await withWorkers(url, { count: 1 }, () => waiting);
  print(`memory, ${KEPT} trials that are done`, ((await used()) - before) / 1e6, "MB");
  for (const count of [1, WORKERS]) {
    const seconds = await withWorkers(url, { count }, () => asker.secondsOf(EMPTY, 0));
    print(`empty trials a second, ${count} worker${count > 1 ? "s" : ""}`, EMPTY / seconds, "");
  }
  const seconds = await withWorkers(url, { count: 1 }, () => asker.secondsOf(OF_A_SECOND, 1000));
  print("over a trial of one second", (1000 * (seconds - OF_A_SECOND)) / OF_A_SECOND, "ms");
  const cpuBefore = process.cpuUsage();
  const manySeconds = await withWorkers(url, { count: 1, slots: QUEUED }, () =>
    asker.secondsOf(QUEUED, 10_000),
  );
  const { user, system } = process.cpuUsage(cpuBefore);
  print(`over ${QUEUED} trials of ten seconds at a time`, manySeconds - 10, "s");
  print("that they take of a core of the sweep's process", (100 * (user + system)) / 1e6 / manySeconds, "%");
  await asker.close();
  client.disconnect();
  await redis.stop();
}

const [url, slots] = process.argv.slice(2);
if (url === undefined) await measure();
else await serve(url, Number(slots));
