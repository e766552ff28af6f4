// The gradient check on several threads: each checks some of the classes, in every case.
import { on } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { inputCount } from "@trainscope/core";
import { messageOf } from "@trainscope/core/errors";
import {
  type CheckGradients,
  type ClassRange,
  checkGradients,
  type GradientCheckOptions,
  type GradientCheckRow,
  mergeGradientChecks,
} from "@trainscope/core/gradient-check";
import type { ThreadMessage, ThreadWork } from "./thread.ts";

/** Starts a thread that sends `ThreadMessage`s. */
export type StartThread = (work: ThreadWork) => Worker;

/**
 * Checks on so many threads, at most one a class. They start when there is something to check, and have ended when the
 * promise settles. Where they can't start, or it is one, the calling thread checks; the rows are the same in any case.
 * Rejects with the signal's reason where it aborts, and where a thread fails.
 */
export function gradientCheckOnThreads(
  threads: number,
  startThread: StartThread = startNodeThread,
): CheckGradients {
  return async (options, cases, onRows = () => {}) => {
    const { signal } = options;
    signal?.throwIfAborted();
    const ranges = splitClasses(options.dataset.classNames.length, threads);
    if (ranges.length < 2) return await checkGradients(options, cases, onRows);
    const sent = sentOptions(options, Math.max(0, ...cases.map(({ images }) => images)));
    const workers: Member[] = [];
    const endAll = (): Promise<unknown> => Promise.all(workers.map(({ worker }) => worker.terminate()));
    signal?.addEventListener("abort", endAll);

    async function start(): Promise<boolean> {
      try {
        for (const classes of ranges) workers.push(join(startThread({ options: sent, cases, classes })));
        // Each says that it is ready.
        await Promise.all(workers.map(({ next }) => next()));
        return true;
      } catch {
        await endAll();
        return false;
      }
    }

    async function checkNext(): Promise<readonly GradientCheckRow[]> {
      try {
        const messages = await Promise.all(workers.map(({ next }) => next()));
        return mergeGradientChecks(messages as (readonly GradientCheckRow[])[]);
      } catch (thrown) {
        signal?.throwIfAborted();
        throw new Error(`a thread of the gradient check failed: ${messageOf(thrown)}`, { cause: thrown });
      }
    }

    try {
      if (!(await start())) return await checkGradients(options, cases, onRows);
      const all: GradientCheckRow[] = [];
      for (const _ of cases) {
        const rows = await checkNext();
        // What had arrived before the signal aborted is not told any more.
        signal?.throwIfAborted();
        all.push(...rows);
        onRows(rows);
      }
      return all;
    } finally {
      signal?.removeEventListener("abort", endAll);
      await endAll();
    }
  };
}

/** A thread and what it sends, in order. */
interface Member {
  readonly worker: Worker;
  /** Rejects where the thread ends instead. */
  readonly next: () => Promise<ThreadMessage>;
}

function join(worker: Worker): Member {
  const messages = on(worker, "message", { close: ["exit"] });
  const next = async (): Promise<ThreadMessage> => {
    const { value, done } = await messages.next();
    if (done === true) throw new Error("it ended before it was done");
    return value[0];
  };
  return { worker, next };
}

/** The ranges are as even as can be, the larger ones come first, and none is empty. */
export function splitClasses(classes: number, threads: number): readonly ClassRange[] {
  const count = Math.min(threads, classes);
  const start = (index: number): number => Math.ceil((index * classes) / count);
  return Array.from({ length: count }, (_, index) => ({ first: start(index), end: start(index + 1) }));
}

/** What threads need, as values that can be sent: copies of the first training images, and no signal. */
function sentOptions(options: GradientCheckOptions, images: number): GradientCheckOptions {
  const { signal: _, dataset, ...others } = options;
  const { train, shape } = dataset;
  const none = { images: new Uint8Array(), labels: new Uint8Array() };
  const first = {
    images: train.images.slice(0, images * inputCount(shape)),
    labels: train.labels.slice(0, images),
  };
  return { ...others, dataset: { ...dataset, train: first, validation: none, test: none } };
}

/** thread.ts, as a source or as built: whichever this file is. */
export function startNodeThread(work: ThreadWork): Worker {
  const extension = extname(import.meta.url);
  return new Worker(new URL(`./thread${extension}`, import.meta.url), {
    name: "trainscope-gradient-check",
    workerData: work,
    // Flags of the calling program are no business of the thread; sources import sources.
    execArgv: extension === ".ts" ? ["--conditions=@trainscope/source"] : [],
  });
}
