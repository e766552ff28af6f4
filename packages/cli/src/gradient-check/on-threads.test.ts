import { Worker } from "node:worker_threads";
import { componentStatistics } from "@trainscope/core";
import {
  checkGradients,
  type GradientCheckOptions,
  type GradientCheckRow,
  gradientCheckCases,
} from "@trainscope/core/gradient-check";
import { createTinyDataset } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradientCheckOnThreads, type StartThread, splitClasses, startNodeThread } from "./on-threads.ts";
import type { ThreadWork } from "./thread.ts";

const dataset = createTinyDataset();
const cases = gradientCheckCases(48);
const options: GradientCheckOptions = {
  dataset,
  statistics: componentStatistics(dataset.train, 48),
  loss: "softmax",
  seed: 1,
};

/** Starts threads and keeps account of them. */
function watchThreads(start: StartThread = startNodeThread) {
  const works: ThreadWork[] = [];
  let running = 0;
  const startThread: StartThread = (work) => {
    works.push(work);
    const worker = start(work);
    running++;
    worker.once("exit", () => running--);
    return worker;
  };
  return { works, startThread, running: () => running };
}

/** A thread that runs a program of its own. */
const threadThatRuns = (program: string): StartThread => {
  const head = 'const { parentPort } = require("node:worker_threads");';
  return () => new Worker(`${head} ${program}`, { eval: true, execArgv: [] });
};

describe("gradient check on threads", () => {
  it.each([1, 2, 3, 16])("asked for %i: the rows that one thread comes to, case by case", async (threads) => {
    const { works, startThread, running } = watchThreads();
    const told: (readonly GradientCheckRow[])[] = [];
    const rows = await gradientCheckOnThreads(threads, startThread)(options, cases, (some) => told.push(some));
    expect(rows).toEqual(await checkGradients(options, cases));
    expect(told.flat()).toEqual(rows);
    expect(told).toHaveLength(cases.length);
    // At most one a class.
    expect(works).toHaveLength(threads === 1 ? 0 : Math.min(threads, 3));
    expect(running()).toBe(0);
  });

  it.each([1e-6, Number.NaN])("finds a fault of %d", async (fault) => {
    const { works, startThread } = watchThreads();
    const rows = await gradientCheckOnThreads(2, startThread)({ ...options, fault }, cases);
    expect(rows.map(({ passed }) => passed)).toEqual(rows.map(() => false));
    expect(works).toHaveLength(2);
  });

  it("sends the images that it checks, and no others", async () => {
    const { works, startThread } = watchThreads();
    await gradientCheckOnThreads(2, startThread)(options, cases);
    const [{ options: sent }] = works as [ThreadWork];
    const { train, validation, test } = sent.dataset;
    expect(train.labels).toEqual(dataset.train.labels.slice(0, 20));
    expect(train.images.buffer.byteLength).toBe(20 * 48);
    expect([validation, test].map(({ images, labels }) => images.length + labels.length)).toEqual([0, 0]);
  });

  it("ends its threads at once when its signal aborts, with the signal's reason", async () => {
    const abort = new AbortController();
    const busy = threadThatRuns('parentPort.postMessage("ready"); for (;;);');
    let ready = 0;
    const { startThread, running } = watchThreads((work) =>
      busy(work).once("message", () => {
        ready++;
        if (ready === 2) abort.abort(new Error("enough"));
      }),
    );
    const checked = gradientCheckOnThreads(2, startThread)({ ...options, signal: abort.signal }, cases);
    await expect(checked).rejects.toThrow(/^enough$/);
    expect(running()).toBe(0);
  });

  it("stops between cases when its signal aborts, and before any thread has started", async () => {
    const abort = new AbortController();
    const { works, startThread, running } = watchThreads();
    let told = 0;
    const check = gradientCheckOnThreads(3, startThread);
    const withSignal = { ...options, signal: abort.signal };
    const checked = check(withSignal, cases, () => {
      told++;
      abort.abort();
    });
    await expect(checked).rejects.toMatchObject({ name: "AbortError" });
    await expect(check(withSignal, cases)).rejects.toMatchObject({ name: "AbortError" });
    expect([told, works.length, running()]).toEqual([1, 3, 0]);
  });

  it.each([
    ["throws", 'throw new Error("out of order");', /a thread of the gradient check failed: out of order/],
    ["leaves", "process.exit(0);", /a thread of the gradient check failed: it ended before it was done/],
  ])("says so where a thread %s in the middle, and ends the others", async (_, program, message) => {
    const failing = threadThatRuns(
      `parentPort.once("message", () => { ${program} }); parentPort.postMessage("ready");`,
    );
    const waiting = threadThatRuns('parentPort.postMessage("ready"); setInterval(() => {}, 1000);');
    const ready: Worker[] = [];
    const { startThread, running } = watchThreads((work) => {
      const worker = work.classes.first === 0 ? failing(work) : waiting(work);
      // One that fails before both are ready has not started, and is replaced.
      return worker.once("message", () => {
        ready.push(worker);
        if (ready.length === 2) for (const one of ready) one.postMessage("now");
      });
    });
    const checked = gradientCheckOnThreads(2, startThread)(options, cases);
    await expect(checked).rejects.toThrow(message);
    expect(running()).toBe(0);
  });

  it("ends its threads where the listener throws", async () => {
    const { startThread, running } = watchThreads();
    const checked = gradientCheckOnThreads(2, startThread)(options, cases, () => {
      throw new Error("no paper");
    });
    await expect(checked).rejects.toThrow(/^no paper$/);
    expect(running()).toBe(0);
  });

  it("checks by itself where a thread can't start", async () => {
    const expected = await checkGradients(options, cases);
    const refused: StartThread = () => {
      throw new Error("no threads here");
    };
    const dying = threadThatRuns('throw new Error("no such file");');
    for (const start of [refused, dying]) {
      const { startThread, running } = watchThreads((work) =>
        work.classes.first === 0 ? startNodeThread(work) : start(work),
      );
      expect(await gradientCheckOnThreads(2, startThread)(options, cases)).toEqual(expected);
      expect(running()).toBe(0);
    }
  });
});

it("splits classes evenly, all of them, one range after the other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 40 }), (classes, threads) => {
      const ranges = splitClasses(classes, threads);
      expect(ranges).toHaveLength(Math.min(classes, threads));
      const ends = ranges.map(({ end }) => end);
      expect(ranges.map(({ first }) => first)).toEqual([0, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).toBe(classes);
      const sizes = ranges.map(({ first, end }) => end - first);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});
