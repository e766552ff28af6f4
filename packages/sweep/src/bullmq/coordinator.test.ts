import { expect, it } from "vitest";
import { Coordinator, type JobQueue } from "./coordinator.ts";

interface MadeUpJob {
  progress: unknown;
  finishedOn?: number;
  returnvalue: unknown;
  failedReason: string;
  state: string;
}

/** A queue whose answers come when the test has them come, if it holds them back. */
function createQueue() {
  const jobs = new Map<string, MadeUpJob>();
  const held: (() => void)[] = [];
  const queue = {
    jobs,
    held,
    isHeld: false,
    workers: 1,
    active: 0,
    questions: 0,
    async answered(): Promise<void> {
      queue.questions++;
      if (queue.isHeld) await new Promise<void>((resolve) => held.push(resolve));
    },
    release(): void {
      for (const resolve of held.splice(0)) resolve();
    },
    async add(_name: string, _task: object, { jobId = "" }) {
      await queue.answered();
      if (!jobs.has(jobId))
        jobs.set(jobId, { progress: 0, returnvalue: null, failedReason: "", state: "waiting" });
    },
    async getJob(key: string) {
      await queue.answered();
      const job = jobs.get(key);
      return job && { ...job, remove: async () => void jobs.delete(key) };
    },
    getJobState: async (key: string) => jobs.get(key)?.state ?? "unknown",
    getWorkersCount: async () => queue.workers,
    getActiveCount: async () => queue.active,
    remove: async (key: string) => jobs.delete(key),
    finish(key: string, returnvalue: unknown, failedReason = "") {
      jobs.set(key, { progress: 0, finishedOn: 1, returnvalue, failedReason, state: "completed" });
    },
  };
  return queue;
}

function coordinate() {
  const queue = createQueue();
  const told: string[] = [];
  const conditions = { isReachable: true };
  const coordinator = new Coordinator<object, number>({
    queue: queue as unknown as JobQueue,
    isReachable: () => conditions.isReachable,
    checkOutcome: (value) => (typeof value === "number" ? { value } : { reason: "no number" }),
    tell: (line) => told.push(line),
    advice: "start one",
  });
  const abort = new AbortController();
  const starts: string[] = [];
  const run = (key: string) =>
    coordinator.run(
      key,
      {},
      {
        signal: abort.signal,
        onStart: (worker) => starts.push(worker),
        onProgress: () => {},
      },
    );
  return { queue, coordinator, conditions, told, starts, abort, run };
}

/** All that is to happen without anything from outside. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

it("comes to what the job came to, and tells each start once", async () => {
  const { queue, coordinator, starts, run } = coordinate();
  const outcome = run("a");
  await settle();
  const progress = { starts: 1, inVain: 1, reached: 0, worker: "one", values: {} };
  queue.jobs.set("a", { progress, returnvalue: null, failedReason: "", state: "active" });
  coordinator.lookAt("a");
  coordinator.lookAt("a");
  await settle();
  queue.finish("a", 7);
  coordinator.lookAt("a");
  expect(await outcome).toBe(7);
  expect(starts).toEqual(["one"]);
});

it("one that was given up at an earlier time is tried again, though it is looked at before it is queued anew", async () => {
  const { queue, coordinator, run } = coordinate();
  queue.finish("a", null, "given up: 3 starts came to nothing");
  queue.isHeld = true;
  const outcome = run("a").catch((thrown: Error) => thrown.message);
  const look = coordinator.lookAtAll();
  for (let step = 0; step < 5; step++) {
    queue.release();
    await settle();
  }
  await look;
  queue.finish("a", 7);
  coordinator.lookAt("a");
  queue.isHeld = false;
  queue.release();
  expect(await outcome).toBe(7);
});

it("one that is given up now is lost, for the reason of its worker, and so is a wrong outcome", async () => {
  const { queue, coordinator, run } = coordinate();
  const [lost, wrong] = [run("a"), run("b")];
  await settle();
  queue.finish("a", null, "given up");
  queue.finish("b", "seven");
  const ends = Promise.allSettled([lost, wrong]);
  await coordinator.lookAtAll();
  expect(await ends).toMatchObject([
    { reason: { code: "TRIAL_LOST", message: "given up" } },
    { reason: { code: "TRIAL_LOST", message: "its outcome in the queue is wrong: no number" } },
  ]);
});

it("asks nothing while Redis is away, and nothing twice while an answer is awaited", async () => {
  const { queue, coordinator, conditions, run } = coordinate();
  const outcome = run("a");
  await settle();
  const before = queue.questions;
  conditions.isReachable = false;
  await coordinator.lookAtAll();
  expect(queue.questions).toBe(before);
  conditions.isReachable = true;
  queue.isHeld = true;
  for (let look = 0; look < 10; look++) await coordinator.lookAtAll();
  expect(queue.questions).toBe(before + 1);
  // What was told meanwhile is looked at once the answer is there.
  queue.finish("a", 7);
  queue.isHeld = false;
  queue.release();
  expect(await outcome).toBe(7);
});

it("queues anew what Redis has forgotten", async () => {
  const { queue, coordinator, run } = coordinate();
  const outcome = run("a");
  await settle();
  queue.jobs.clear();
  await coordinator.lookAtAll();
  await settle();
  expect([...queue.jobs.keys()]).toEqual(["a"]);
  queue.finish("a", 7);
  coordinator.lookAt("a");
  expect(await outcome).toBe(7);
});

it("says that no worker is there, if their jobs count as being worked at or not, once for each time they go", async () => {
  const { queue, coordinator, abort, told, run } = coordinate();
  const outcome = run("a").catch(() => {});
  await settle();
  const progress = { starts: 1, inVain: 1, reached: 0, worker: "killed", values: {} };
  queue.jobs.set("a", { progress, returnvalue: null, failedReason: "", state: "active" });
  queue.active = 1;
  for (const workers of [1, 0, 0, 0, 0, 1, 0, 0]) {
    queue.workers = workers;
    await coordinator.lookAtAll();
  }
  const line = "1 trials wait, and no worker takes one; start one";
  expect(told).toEqual([line, line]);
  abort.abort();
  await outcome;
});

it("says that none is taken where workers are connected and nothing comes of it, and not while something does", async () => {
  const { queue, coordinator, abort, told, run } = coordinate();
  const outcome = run("a").catch(() => {});
  await settle();
  const lookTwice = async () => {
    for (let look = 0; look < 2; look++) await coordinator.lookAtAll();
    return told.length;
  };
  queue.active = 1;
  expect(await lookTwice()).toBe(0);
  queue.active = 0;
  // Those that are over quickly are seen under way by no look, and yet they come back.
  for (let starts = 1; starts < 4; starts++) {
    const progress = { starts, inVain: 1, reached: 0, worker: "one", values: {} };
    queue.jobs.set("a", { progress, returnvalue: null, failedReason: "", state: "active" });
    await coordinator.lookAtAll();
    await settle();
  }
  expect(told).toEqual([]);
  expect(await lookTwice()).toBe(1);
  expect(told).toEqual(["1 trials wait, and no worker takes one; start one"]);
  abort.abort();
  await outcome;
});

it("takes back what it leaves and nobody has begun, and nothing else", async () => {
  const { queue, coordinator, abort, run } = coordinate();
  await queue.add("trial", {}, { jobId: "another's" });
  const ends = Promise.allSettled(["waits", "begun"].map(run));
  await settle();
  queue.jobs.set("begun", { progress: 0, returnvalue: null, failedReason: "", state: "active" });
  abort.abort(new Error("stopped"));
  expect(await ends).toMatchObject([{ reason: { message: "stopped" } }, { reason: { message: "stopped" } }]);
  await coordinator.takeBack();
  expect([...queue.jobs.keys()]).toEqual(["another's", "begun"]);
});

it("a key that is asked for already is refused, not forgotten", async () => {
  const { queue, coordinator, run } = coordinate();
  const first = run("a");
  await expect(run("a")).rejects.toThrow("the task a is asked for already");
  await settle();
  queue.finish("a", 7);
  coordinator.lookAt("a");
  expect(await first).toBe(7);
});
