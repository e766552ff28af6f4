// A thread to compute on, in Node or in a browser. Its program is a string, so that a bundler has no second file to
// find: compiled kernels and memory come with the first message, and from then on the kernels serve.
import type { WasmMemory, WasmModule } from "../../data/web-assembly.ts";

/** `ready`: jobs may come. `done`: the job is finished. `ended`: the thread touches the memory no more. */
export type WorkerMessage = "ready" | "done" | "ended";

export interface WorkerStart {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly table: number;
  readonly thread: number;
}

export interface ComputeWorker {
  onMessage(listener: (message: WorkerMessage) => void): void;
  /** The thread has ended: by an error, or because somebody ended it. */
  onEnd(listener: (reason: string) => void): void;
  start(start: WorkerStart): void;
  terminate(): Promise<void>;
}

const SERVE = `
function serve({ module, memory, table, thread }, post) {
  const env = { memory, done: () => post("done") };
  const { exports } = new WebAssembly.Instance(module, { env });
  exports.configure(table, thread);
  post("ready");
  exports.serve();
  post("ended");
}
`;

const NODE_PROGRAM = `${SERVE}
const { parentPort } = require("node:worker_threads");
parentPort.once("message", (start) => serve(start, (message) => parentPort.postMessage(message)));
`;

const BROWSER_PROGRAM = `${SERVE}
onmessage = ({ data }) => serve(data, (message) => postMessage(message));
`;

/** What is used of Node's `worker_threads.Worker`. */
interface NodeWorker {
  on(event: "message", listener: (message: WorkerMessage) => void): void;
  on(event: "error", listener: (error: unknown) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(value: unknown): void;
  terminate(): Promise<number>;
}
type NodeWorkerClass = new (program: string, options: object) => NodeWorker;
interface Process {
  getBuiltinModule?(id: string): { readonly Worker: NodeWorkerClass } | undefined;
}

/** How this host makes a thread; nothing where it has none. */
export function findWorkers(): (() => ComputeWorker) | undefined {
  // Asked for by name at run time, so that a bundler for a browser never sees it.
  const { process } = globalThis as { readonly process?: Process };
  const threads = process?.getBuiltinModule?.("node:worker_threads");
  if (threads !== undefined) return () => createNodeWorker(threads.Worker);
  return typeof Worker === "function" && typeof Blob === "function" ? createBrowserWorker : undefined;
}

function createNodeWorker(Class: NodeWorkerClass): ComputeWorker {
  // Flags of the program that trains, a loader say, are no business of a thread that only computes.
  const worker = new Class(NODE_PROGRAM, { eval: true, execArgv: [], name: "trainscope-compute" });
  return {
    onMessage: (listener) => worker.on("message", listener),
    onEnd(listener) {
      worker.on("error", (error) => listener(error instanceof Error ? error.message : String(error)));
      worker.on("exit", (code) => listener(`it ended with status ${code}`));
    },
    start: (start) => worker.postMessage(start),
    terminate: async () => {
      await worker.terminate();
    },
  };
}

function createBrowserWorker(): ComputeWorker {
  const url = URL.createObjectURL(new Blob([BROWSER_PROGRAM], { type: "text/javascript" }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return {
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onEnd: (listener) =>
      worker.addEventListener("error", ({ message }) => listener(message || "it did not start")),
    start: (start) => worker.postMessage(start),
    terminate: async () => worker.terminate(),
  };
}
