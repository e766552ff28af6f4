// Who computes an engine's jobs: threads that wait for them, or the calling thread itself.

import type { WasmMemory, WasmModule } from "../../data/web-assembly.ts";
import { TrainscopeError } from "../../errors.ts";
import * as JobWord from "./job-words.ts";
import type { Layout } from "./layout.ts";
import type { ComputeWorker, WorkerMessage } from "./worker.ts";

export const Job = {
  load: JobWord.LOAD,
  train: JobWord.TRAIN,
  evaluate: JobWord.EVALUATE,
  adopt: JobWord.ADOPT,
} as const;
export type JobKind = (typeof Job)[keyof typeof Job];

/** Words of kernels/barrier.ts, each on a cache line of its own: this far apart as int32. */
const LINE = 16;
const Word = { phase: LINE, abandoned: 3 * LINE, ticket: 4 * LINE } as const;

/** One job at a time. */
export interface WorkerPool {
  /** Resolves when every thread has done its part. Rejects with `ENGINE_FAILED` once a thread has died. */
  run(job: JobKind): Promise<void>;
  /** Resolves when no thread touches the memory any more. A job under way rejects. */
  close(): Promise<void>;
}

export interface WorkerPoolSetup {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly layout: Layout;
}

interface Kernels {
  configure(table: number, thread: number): number;
  run(): void;
}

/** The calling thread computes. */
export async function createInlinePool({ module, memory, layout }: WorkerPoolSetup): Promise<WorkerPool> {
  const instance = await WebAssembly.instantiate(module, { env: { memory, done: () => {} } });
  const kernels = instance.exports as unknown as Kernels;
  const used = kernels.configure(layout.table, 0);
  if (used > layout.scratchBytes) {
    throw new Error(`kernels/scratch.ts takes ${used} bytes and layout.ts gives ${layout.scratchBytes}`);
  }
  const kind = new Uint32Array(memory.buffer, layout.job + 4 * JobWord.KIND, 1);
  return {
    async run(job) {
      kind[0] = job;
      kernels.run();
    },
    async close() {},
  };
}

/** Rejects where a thread does not start; the workers are then still to be ended. */
export async function createThreadPool(
  { module, memory, layout }: WorkerPoolSetup,
  workers: readonly ComputeWorker[],
): Promise<WorkerPool> {
  const kind = new Uint32Array(memory.buffer, layout.job + 4 * JobWord.KIND, 1);
  const words = new Int32Array(memory.buffer, layout.barrier, 6 * LINE);
  const ended = workers.map(() => Promise.withResolvers<void>());
  let end: TrainscopeError | undefined;
  let ready = 0;
  /** Of the job under way; before the first, of starting. */
  let pending = Promise.withResolvers<void>();

  /** Threads leave what they do or wait for at the next chance, and end. The first reason stands. */
  function abandon(reason: TrainscopeError): void {
    if (end !== undefined) return;
    end = reason;
    Atomics.store(words, Word.abandoned, 1);
    for (const word of [Word.phase, Word.ticket]) {
      Atomics.add(words, word, 1);
      Atomics.notify(words, word);
    }
    // Where no job is under way nobody listens.
    pending.promise.catch(() => {});
    pending.reject(reason);
  }

  function onMessage(message: WorkerMessage, thread: number): void {
    if (message === "ended") ended[thread]?.resolve();
    else if (message === "done" || ++ready === workers.length) pending.resolve();
  }

  function onEnd(thread: number, reason: string): void {
    ended[thread]?.resolve();
    const which = `compute thread ${thread + 1} of ${workers.length}`;
    const advice = "train again, on one thread if it happens again";
    abandon(new TrainscopeError("ENGINE_FAILED", `${which} died: ${reason}; ${advice}`));
  }

  workers.forEach((worker, thread) => {
    worker.onMessage((message) => onMessage(message, thread));
    worker.onEnd((reason) => onEnd(thread, reason));
    worker.start({ module, memory, table: layout.table, thread });
  });
  await pending.promise;
  return {
    run(job) {
      if (end !== undefined) return Promise.reject(end);
      pending = Promise.withResolvers<void>();
      kind[0] = job;
      Atomics.add(words, Word.ticket, 1);
      Atomics.notify(words, Word.ticket);
      return pending.promise;
    },
    async close() {
      abandon(new TrainscopeError("ENGINE_FAILED", "the engine is closed"));
      await Promise.all(ended.map(({ promise }) => promise));
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
