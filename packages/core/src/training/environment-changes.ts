// What results depend on, where a run goes on by other means than before.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { Environment } from "../events.ts";
import { decisivePart } from "./environment.ts";

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
export function otherMeans(from: Checkpoint, now: Environment, as: "resume" | "fork"): string | undefined {
  const changes = from.environment === undefined ? [] : environmentChanges(from.environment, now);
  if (changes.length === 0) return undefined;
  const than = as === "fork" ? "its parent's" : "the run would have come to";
  return `the last digits may be others than ${than}: ${changes.join("; ")}`;
}
