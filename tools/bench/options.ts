// The command line of the benchmarks. Everything that can be wrong with it is found before anything is started.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { DEFAULT_ENGINE, ENGINES } from "./programs/engines.ts";
import { defaultPython } from "./programs/entrants.ts";

export const PARTS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  /** A folder, or "synthetic". */
  readonly data?: string;
  readonly engine: string;
  readonly threads: readonly number[];
  /** Of parts (a), (b), (e) and (f). */
  readonly rounds: number;
  /** Of parts (c), (d), (g), (h), (j), (k), (l) and (n), whose rounds are whole runs. */
  readonly runs: number;
  /** Little work and few rounds: to see that it runs. */
  readonly isQuick: boolean;
  readonly json?: string;
  readonly python: string;
  /** Beginnings of the names of the peers that take part. */
  readonly peers?: readonly string[];
}

export const HELP = `Usage: npm run bench -- [options]

  --only <parts>     of a to n, e.g. a,b (default: all)
  --data <where>     CIFAR-10's folder, or synthetic (default: CIFAR10_DIR, the cache folder, else synthetic)
  --engine <name>    ${Object.keys(ENGINES).join(" or ")} (default: ${DEFAULT_ENGINE})
  --threads <counts> e.g. 1,2 (default: 1,2)
  --rounds <count>   of a, b, e, f and m (default: 15)
  --runs <count>     of c, d, g, h, j, k, l and n (default: 3)
  --peers <names>    beginnings of peers' names, e.g. numpy,c; or none (default: all)
  --python <command> the Python that has the peers' packages (default: ${defaultPython()})
  --json <file>      writes the figures there too
  --quick            little work, few rounds: to see that it runs
  --help             this

a  one epoch of updates        d  time to 41 % test accuracy     g  dashboard on and off
b  the same with evaluation    e  kernels against the peak       h  the basic study, with its report
c  four settings of 40 epochs  f  cost as the work grows         i  from a key to the screen
j  a frame after 10,000 epochs k  log and checkpoints            l  all metrics of the catalogue
m  other programs' logs        n  a sweep, beside GridSearchCV
`;

/** `undefined` where help is asked for. Throws `BAD_OPTION`. */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const values = readValues(args);
  if (values.help === true) return undefined;
  const isQuick = values.quick === true;
  return {
    parts: partsOf(values.only),
    ...(values.data === undefined ? {} : { data: values.data }),
    engine: engineNameOf(values.engine),
    threads: threadsOf(values.threads),
    rounds: countOf("--rounds", values.rounds, isQuick ? 2 : 15),
    runs: countOf("--runs", values.runs, isQuick ? 1 : 3),
    isQuick,
    ...(values.json === undefined ? {} : { json: values.json }),
    python: values.python ?? defaultPython(),
    ...(values.peers === undefined ? {} : { peers: peersOf(values.peers) }),
  };
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

function readValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: text,
        data: text,
        engine: text,
        threads: text,
        rounds: text,
        runs: text,
        peers: text,
        python: text,
        json: text,
        quick: flag,
        help: flag,
      },
    }).values;
  } catch (thrown) {
    throw bad(messageOf(thrown));
  }
}

function partsOf(value: string | undefined): readonly Part[] {
  if (value === undefined) return PARTS;
  return listOf(value).map((name) => {
    const part = PARTS.find((known) => known === name);
    if (part === undefined) throw bad(`--only has "${name}"; expected some of ${PARTS.join(",")}`);
    return part;
  });
}

function engineNameOf(value: string | undefined): string {
  const name = value ?? DEFAULT_ENGINE;
  if (!Object.hasOwn(ENGINES, name)) {
    throw bad(`--engine is "${name}"; expected ${Object.keys(ENGINES).join(" or ")}`);
  }
  return name;
}

function threadsOf(value: string | undefined): readonly number[] {
  const asked = value === undefined ? [1, 2] : listOf(value).map((word) => countOf("--threads", word, 1));
  const cores = availableParallelism();
  const tooMany = asked.find((count) => count > cores);
  if (value !== undefined && tooMany !== undefined) {
    throw bad(`--threads has ${tooMany}; this machine has ${cores} cores`);
  }
  return [...new Set(asked.filter((count) => count <= cores))];
}

/** Beginnings of these may be asked for. */
const PEERS = [
  "trainscope wasm",
  "numpy float32",
  "numpy float64",
  "pytorch",
  "scikit-learn",
  "c",
  "tfjs wasm",
  "jax-js wasm",
];

function peersOf(value: string): readonly string[] {
  if (value === "none") return [];
  return listOf(value).map((start) => {
    if (start !== "" && PEERS.some((peer) => peer.startsWith(start))) return start;
    throw bad(`--peers has "${start}"; expected the beginnings of ${PEERS.join(", ")}, or none`);
  });
}

function countOf(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!/^[1-9]\d{0,5}$/.test(value)) throw bad(`${name} is "${value}"; expected a whole number of at least 1`);
  return Number(value);
}

function listOf(value: string): string[] {
  return value.split(",").map((word) => word.trim());
}

function bad(message: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", message);
}
