// The machine that was measured, for whoever reads the figures later.
import { cpus, release, totalmem, type } from "node:os";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Gibibytes. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}, ${process.arch}`,
    node: process.versions.node,
    v8: process.versions.v8,
  };
}
