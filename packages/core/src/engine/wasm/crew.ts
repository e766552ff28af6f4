// Who computes an engine's jobs: threads that wait for them, or the calling thread itself.
import { TrainscopeError } from "../../errors.ts";
import type { Layout } from "./layout.ts";
import type { ComputeWorker, WorkerMessage } from "./worker.ts";

/** As kernels/job.ts numbers them. */
export const Job = { load: 1, train: 2, evaluate: 3 } as const;
export type JobKind = (typeof Job)[keyof typeof Job];

/** Words of kernels/barrier.ts, each on a cache line of its own: this far apart as int32. */
const LINE = 16;
const Word = { phase: LINE, abandoned: 3 * LINE, ticket: 4 * LINE } as const;

export interface Crew {
  /** Resolves when every thread has done its part. Rejects with `ENGINE_FAILED` once a thread has died. */
  run(job: JobKind): Promise<void>;
  close(): Promise<void>;
}

export interface CrewSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
}

interface Kernels {
  configure(table: number, thread: number): void;
  run(): void;
}

/** The calling thread computes. */
export async function createCallerCrew({ module, memory, layout }: CrewSetup): Promise<Crew> {
  const instance = await WebAssembly.instantiate(module, { env: { memory, done: () => {} } });
  const kernels = instance.exports as unknown as Kernels;
  kernels.configure(layout.table, 0);
  const kind = new Uint32Array(memory.buffer, layout.job, 1);
  return {
    async run(job) {
      kind[0] = job;
      kernels.run();
    },
    async close() {},
  };
}

/** Rejects with `ENGINE_FAILED` where a thread does not start. */
export async function createThreadCrew(
  { module, memory, layout }: CrewSetup,
  workers: readonly ComputeWorker[],
): Promise<Crew> {
  const kind = new Uint32Array(memory.buffer, layout.job, 1);
  const words = new Int32Array(memory.buffer, layout.barrier, 6 * LINE);
  let failure: TrainscopeError | undefined;
  let isClosing = false;
  let ready = 0;
  /** Of the job that is being done; before the first, of starting. */
  let pending = Promise.withResolvers<void>();

  function fail(thread: number, reason: string): void {
    if (isClosing || failure !== undefined) return;
    const which = `compute thread ${thread + 1} of ${workers.length}`;
    failure = new TrainscopeError("ENGINE_FAILED", `${which} died: ${reason}`, {
      hint: "What was trained up to here stands. Train again; with --threads 1 if it happens again.",
    });
    // Those that wait for the dead one go on, see this, and leave the job.
    Atomics.store(words, Word.abandoned, 1);
    Atomics.add(words, Word.phase, 1);
    Atomics.notify(words, Word.phase);
    pending.reject(failure);
  }

  function onMessage(message: WorkerMessage): void {
    if (message === "done" || ++ready === workers.length) pending.resolve();
  }

  workers.forEach((worker, thread) => {
    worker.onMessage(onMessage);
    worker.onEnd((reason) => fail(thread, reason));
    worker.start({ module, memory, table: layout.table, thread });
  });

  async function endWorkers(): Promise<void> {
    isClosing = true;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  try {
    await pending.promise;
  } catch (error) {
    await endWorkers();
    throw error;
  }
  return {
    run(job) {
      if (failure !== undefined) return Promise.reject(failure);
      pending = Promise.withResolvers<void>();
      kind[0] = job;
      Atomics.add(words, Word.ticket, 1);
      Atomics.notify(words, Word.ticket);
      return pending.promise;
    },
    close: endWorkers,
  };
}
