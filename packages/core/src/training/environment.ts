// What computes a run, and what of that its results depend on.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
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

const NAMES = {
  engine: "engine",
  precision: "precision",
  simd: "vectors",
  build: "build of the engine",
  processor: "processor",
  runtime: "runtime",
} as const;

/** What is not as it was before, in words, of what results depend on and both tell. */
export function environmentChanges(before: Environment, now: Environment): readonly string[] {
  const [was, is] = [decisivePart(before), decisivePart(now)];
  const names = Object.keys(NAMES) as (keyof typeof NAMES)[];
  const isOther = (name: keyof typeof NAMES): boolean =>
    was[name] !== undefined && is[name] !== undefined && was[name] !== is[name];
  // Another engine has other vectors, and other vectors another build: that goes without saying.
  const isImplied = (name: keyof typeof NAMES): boolean =>
    name === "build"
      ? isOther("engine") || isOther("simd")
      : ["precision", "simd"].includes(name) && isOther("engine");
  return names
    .filter((name) => isOther(name) && !isImplied(name))
    .map((name) => `${NAMES[name]} ${was[name]} before, ${is[name]} now`);
}

/** What is to be said before a run goes on from a checkpoint; `undefined` where nothing is. */
export function otherMeans(
  from: Checkpoint | undefined,
  now: Environment,
  as: "resume" | "fork",
): string | undefined {
  const changes = from?.environment === undefined ? [] : environmentChanges(from.environment, now);
  if (changes.length === 0) return undefined;
  const than = as === "fork" ? "its parent's" : "the run would have come to";
  return `the last digits may be others than ${than}: ${changes.join("; ")}`;
}
