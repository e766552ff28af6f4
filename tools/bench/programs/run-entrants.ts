// Who takes part in whole runs, parts (c) and (d).
import { join } from "node:path";
import { type Command, nodeCommand } from "../protocol/program.ts";

export interface RunEntrant {
  readonly name: string;
  readonly isOurs: boolean;
  readonly command: Command;
}

export interface RunEntrantOptions {
  readonly folder: string;
  readonly engine: string;
  readonly threads: number;
  readonly python: string;
  readonly peers?: readonly string[];
}

const PEERS = join(import.meta.dirname, "../peers");

/** Ours first: the others' times are compared with it. */
export function runEntrants(options: RunEntrantOptions): RunEntrant[] {
  const { folder, engine, threads, python, peers } = options;
  const script = (name: string, peer: string): RunEntrant => {
    const args = ["-B", join(PEERS, "python/runs.py"), folder, `${threads}`, peer];
    return { name, isOurs: false, command: { command: python, args } };
  };
  const others = [
    script("numpy float32", "numpy32"),
    script("numpy float64", "numpy64"),
    script("pytorch", "torch"),
  ];
  return [
    {
      name: `trainscope ${engine}`,
      isOurs: true,
      command: nodeCommand(join(PEERS, "trainscope-runs.ts"), folder, engine, `${threads}`),
    },
    ...others.filter(({ name }) => peers?.some((start) => name.startsWith(start)) ?? true),
  ];
}
