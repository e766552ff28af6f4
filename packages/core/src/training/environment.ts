// What computes a run, and what of that its results depend on.
import type { Engine } from "../engine/engine.ts";
import type { Environment } from "../events.ts";

/** Of an engine on this host. */
export function environmentOf({ name, precision, threads, simd, build }: Engine): Environment {
  return {
    ...{ engine: name, precision, threads },
    ...(simd !== undefined && { simd }),
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
