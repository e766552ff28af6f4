// Who takes part in whole runs, parts (c) and (d).
import { join } from "node:path";
import type { WholeEntrant } from "../measure-whole.ts";
import type { Missing } from "../protocol/messages.ts";
import { type Command, nodeCommand } from "../protocol/program.ts";
import type { RunOutcome } from "../work/run-job.ts";
import { otherEngines } from "./engines.ts";

export type RunEntrant = WholeEntrant<readonly RunOutcome[]>;

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
    return entrant(name, false, { command: python, args });
  };
  const own = (name: string, isOurs: boolean): RunEntrant => {
    const command = nodeCommand(join(PEERS, "trainscope-runs.ts"), folder, name, `${threads}`);
    return entrant(`trainscope ${name}`, isOurs, command);
  };
  const others = [
    ...otherEngines(engine).map((name) => own(name, false)),
    script("numpy float32", "numpy32"),
    script("numpy float64", "numpy64"),
    script("pytorch", "torch"),
  ];
  return [
    own(engine, true),
    ...others.filter(({ name }) => peers?.some((start) => name.startsWith(start)) ?? true),
  ];
}

function entrant(name: string, isOurs: boolean, command: Command): RunEntrant {
  return { name, isOurs, command: () => command, read };
}

function read(stdout: string): readonly RunOutcome[] | Missing {
  const answer = JSON.parse(stdout) as { missing?: string; runs?: readonly RunOutcome[] };
  return answer.runs ?? { missing: answer.missing ?? "it tells no outcome" };
}
