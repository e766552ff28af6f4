// Who takes part in an epoch's work: our engine, the reference that decides what is right, and the peers.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Missing } from "../protocol/messages.ts";
import { type Command, nodeCommand } from "../protocol/program.ts";
import type { EpochJob } from "../work/epoch-job.ts";
import { type CProgram, compileC, nativeVectorBytes, type VectorBytes } from "./compile-c.ts";
import { engineOf, otherEngines } from "./engines.ts";

export interface Entrant {
  readonly name: string;
  readonly threads: number;
  readonly role: "ours" | "reference" | "peer";
  /** How far its loss may be from the reference's, as a fraction of it. */
  readonly tolerance: number;
  /** Called when it is started: a C program is compiled then. */
  readonly command: () => Command | Missing;
}

/** Rounding of float32 over 100 updates, summed in whatever order. */
const FLOAT32 = 1e-4;
const FLOAT64 = 1e-9;

const PEERS = join(import.meta.dirname, "../peers");

export interface EntrantOptions {
  /** The job's folder; C programs are compiled into it. */
  readonly folder: string;
  readonly job: EpochJob;
  readonly engine: string;
  readonly threads: readonly number[];
  readonly python: string;
  /** Only peers whose name begins with one of these; all where left out. */
  readonly peers?: readonly string[];
}

/** Debian puts its packages where only this one finds them, whatever else is first on the PATH. */
export function defaultPython(): string {
  return existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
}

export function epochEntrants(options: EntrantOptions): Entrant[] {
  const { engine, threads, peers } = options;
  const isWanted = ({ name }: Entrant): boolean => peers?.some((start) => name.startsWith(start)) ?? true;
  const ours = (engineOf(engine).isThreaded ? threads : [1]).map((count) =>
    engineEntrant(options, engine, count),
  );
  const reference = engine === "reference" ? [] : [engineEntrant(options, "reference", 1)];
  const others = otherEngines(engine).flatMap((name) =>
    threads.map((count): Entrant => ({ ...engineEntrant(options, name, count), role: "peer" })),
  );
  const threaded = threads.flatMap((count) => threadedPeers(options, count));
  return [...ours, ...reference, ...[...others, ...threaded, ...singlePeers(options)].filter(isWanted)];
}

function engineEntrant({ folder, engine }: EntrantOptions, name: string, threads: number): Entrant {
  return {
    name: `trainscope ${name}`,
    threads,
    role: name === engine ? "ours" : "reference",
    tolerance: engineOf(name).tolerance,
    command: () => nodeCommand(join(PEERS, "trainscope-epoch.ts"), folder, name, `${threads}`),
  };
}

/** Programs that can do with any number of threads. */
function threadedPeers(options: EntrantOptions, threads: number): Entrant[] {
  const { folder, python } = options;
  const script = (name: string, tolerance: number, peer: string): Entrant => {
    const words = ["-B", join(PEERS, "python/epoch.py"), folder, `${threads}`, peer];
    return { name, threads, role: "peer", tolerance, command: () => ({ command: python, args: words }) };
  };
  return [
    script("numpy float32", FLOAT32, "numpy32"),
    script("numpy float64", FLOAT64, "numpy64"),
    script("pytorch", FLOAT32, "torch"),
    script("scikit-learn", FLOAT32, "sklearn"),
    ...cEntrants(options, threads),
  ];
}

/** Programs whose libraries have one thread on Node.js. */
function singlePeers({ folder }: EntrantOptions): Entrant[] {
  const script = (name: string, file: string, ...args: readonly string[]): Entrant => {
    const command = (): Command => nodeCommand(join(PEERS, file), folder, ...args);
    return { name, threads: 1, role: "peer", tolerance: FLOAT32, command };
  };
  return [
    script("tfjs wasm", "tfjs/epoch.mjs", "minimize"),
    script("tfjs wasm by hand", "tfjs/epoch.mjs", "by-hand"),
    script("jax-js wasm", "jax-js/epoch.mjs"),
  ];
}

/** With the machine's widest vectors, and with the 128 bits that WebAssembly has, where that is not the same. */
export function cWidths(): VectorBytes[] {
  const widest = nativeVectorBytes() ?? 16;
  return widest === 16 ? [16] : [widest, 16];
}

export function cEntrants({ folder, job }: EntrantOptions, threads: number): Entrant[] {
  const { images, validationImages, classes, inputs, batch, lambda, eta } = job;
  return cWidths().map((bytes) => {
    const words = [folder, images, validationImages, classes, inputs, batch, lambda, eta, threads].map(String);
    return {
      name: `c ${8 * bytes} bit`,
      threads,
      role: "peer",
      tolerance: FLOAT32,
      command: () => cCommand("softmax", bytes, folder, words),
    };
  });
}

/** Compiles the program. */
export function cCommand(
  name: CProgram,
  bytes: VectorBytes,
  folder: string,
  args: readonly string[],
): Command | Missing {
  const program = compileC(name, bytes, folder);
  return typeof program === "string" ? { command: program, args } : program;
}
