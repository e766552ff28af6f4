// The wasm engine: float32, SIMD, on threads that share one memory. The kernels are AssemblyScript, in
// packages/core/kernels; here they get their memory, their threads and their jobs.
import { messageOf, TrainscopeError } from "../../errors.ts";
import { refuseUnknown } from "../../refuse-unknown.ts";
import type { Engine, EngineFactory, EngineSetup } from "../engine.ts";
import { createReferenceEngine } from "../reference.ts";
import { type ByteSetup, requireBytes } from "../require-bytes.ts";
import { Computation } from "./computation.ts";
import { compileKernels, describeKernels, detectHost, type Simd, type WasmHost } from "./host.ts";
import { MOST_THREADS } from "./layout.ts";
import type { ComputeWorker } from "./worker.ts";
import { createInlinePool, createThreadPool, type WorkerPool } from "./worker-pool.ts";
import { allocateWorkspace, ROWS_PER_JOB, type Workspace } from "./workspace.ts";

/** What `createWasmEngine` takes. */
export interface WasmEngineOptions {
  /** 1 to 16. All cores that are free to use where left out. */
  readonly threads?: number;
  /** What the engine finds out of itself where left out. */
  readonly host?: Partial<WasmHost>;
}

/**
 * Makes wasm engines. Results are the same, bit by bit, for any number of threads. Where the host has no threads, one
 * computes; where it has no WebAssembly SIMD, or a policy forbids to compile WebAssembly, the reference engine does. The
 * engine's `notice` says so.
 *
 * Throws `BAD_OPTION` for an option that is unknown or a number of threads that is out of range, and rejects with `ENGINE_FAILED` where the engine
 * doesn't start for any other reason. The engine rejects with it once one of its threads has died, or when it is used
 * after it was closed.
 */
export function createWasmEngine(options: WasmEngineOptions = {}): EngineFactory {
  refuseUnknown("createWasmEngine()", options, ["threads", "host"]);
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `threads is ${threads}; expected a whole number, 1 to ${MOST_THREADS}`,
    );
  }
  return (setup) => createEngine(setup, { ...detectHost(), ...options.host }, threads);
}

async function createEngine(setup: EngineSetup, host: WasmHost, asked: number | undefined): Promise<Engine> {
  requireBytes(setup, "wasm");
  const { simd, sharedMemory, createWorker } = host;
  if (simd === "none") return await createSubstitute(setup, "this host has no WebAssembly SIMD");
  try {
    if (!sharedMemory) return await createCallerEngine(setup, simd, false, "this host has no shared memory");
    if (createWorker === undefined) {
      return await createCallerEngine(setup, simd, true, "this host has no worker threads");
    }
    const threads = asked ?? Math.max(1, Math.min(host.cores, MOST_THREADS));
    return await createThreadedEngine(setup, simd, threads, createWorker);
  } catch (thrown) {
    if (isForbidden(thrown)) {
      return await createSubstitute(setup, `this host forbids to compile WebAssembly (${messageOf(thrown)})`);
    }
    const message = `the wasm engine did not start: ${messageOf(thrown)}`;
    const hint = "The reference engine needs no WebAssembly: slower, and in float64.";
    throw new TrainscopeError("ENGINE_FAILED", message, { hint, cause: thrown });
  }
}

/** A page's security policy, or what embeds the host, has refused: the kernels are valid, as the host has said. */
function isForbidden(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "CompileError";
}

async function createThreadedEngine(
  setup: ByteSetup,
  simd: Simd,
  threads: number,
  createWorker: () => ComputeWorker,
): Promise<Engine> {
  const module = await compileKernels(simd, "shared");
  const workspace = allocateWorkspace(setup, threads, true);
  const workers: ComputeWorker[] = [];
  try {
    while (workers.length < threads) workers.push(createWorker());
    const pool = await createThreadPool({ ...workspace, module }, workers);
    return { ...(await createFrom(setup, workspace, pool, threads)), ...describeKernels(simd) };
  } catch (thrown) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    workspace.release();
    // A page's security policy may refuse workers.
    return await createCallerEngine(setup, simd, true, `threads did not start (${messageOf(thrown)})`);
  }
}

async function createCallerEngine(
  setup: ByteSetup,
  simd: Simd,
  shared: boolean,
  reason: string,
): Promise<Engine> {
  const module = await compileKernels(simd, shared ? "shared" : "unshared");
  const workspace = allocateWorkspace(setup, 1, shared);
  const engine = await createFrom(setup, workspace, await createInlinePool({ ...workspace, module }), 1);
  return {
    ...engine,
    ...describeKernels(simd),
    notice: `${reason}: one thread computes, the one that shows everything too`,
  };
}

async function createSubstitute(setup: ByteSetup, reason: string): Promise<Engine> {
  const notice = `${reason}: the reference engine computes, on one thread`;
  return { ...(await createReferenceEngine(setup)), notice };
}

async function createFrom(
  setup: ByteSetup,
  workspace: Workspace,
  pool: WorkerPool,
  threads: number,
): Promise<Engine> {
  const computation = new Computation(setup, workspace, pool);
  await computation.load(setup.initial);
  return {
    name: "wasm",
    precision: "float32",
    threads,
    evaluationRows: ROWS_PER_JOB,
    parameters: computation.parameters,
    load: (parameters, scaledWeights) => computation.load(parameters, scaledWeights),
    copyState: () => computation.copyState(),
    trainBatches: (slice) => computation.train(slice),
    evaluate: (split, first, end) => computation.evaluate(split, first, end),
    close: () => computation.close(),
  };
}
