// What computes a run, and what of that its results depend on.
import type { EngineDescription } from "../engine/probe.ts";
import type { Environment } from "../events.ts";

/** Of an engine on this host. */
export function environmentOf(engine: EngineDescription): Environment {
  const { name, precision, threads, simd, vectors, build } = engine;
  return {
    engine: name,
    precision,
    threads,
    ...(simd !== undefined && { simd }),
    ...(vectors !== undefined && { vectors }),
    ...(build !== undefined && { build }),
    ...hostOf(globalThis),
  };
}

/** What is used of a host's globals: those of Node, or of a browser. */
export interface HostGlobals {
  readonly process?: {
    readonly versions?: { readonly node?: string };
    getBuiltinModule?(id: string): { cpus?(): readonly { readonly model: string }[] } | undefined;
  };
  readonly navigator?: { readonly userAgent?: string };
}

/** Its processor and its runtime, as far as it tells. */
export function hostOf({ process, navigator }: HostGlobals): Pick<Environment, "processor" | "runtime"> {
  const node = process?.versions?.node;
  const runtime = node === undefined ? navigator?.userAgent : `Node.js ${node}`;
  const processor = process?.getBuiltinModule?.("node:os")?.cpus?.()[0]?.model.trim();
  return { ...(processor && { processor }), ...(runtime && { runtime }) };
}

/** What results depend on. A processor matters to an engine with vectors, which may leave it how they are rounded. */
export function decisivePart(environment: Environment): Omit<Environment, "threads" | "vectors"> {
  const { threads, vectors, processor, ...others } = environment;
  return others.simd === undefined || processor === undefined ? others : { ...others, processor };
}
