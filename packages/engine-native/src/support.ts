// Whether the engine can serve here, and with what vectors.
import { messageOf } from "@trainscope/core/errors";
import { type Binding, loadBinding } from "./binding.ts";

/** Whether the engine can serve on this machine, with which vectors, or why not. */
export type NativeSupport =
  | {
      readonly available: true;
      /** What the engine takes unless it is asked for others: `avx512`, `avx2` or `neon`. */
      readonly vectors: string;
      /** All that it can be asked for here. Results are the same, bit by bit. */
      readonly allVectors: readonly string[];
    }
  | {
      readonly available: false;
      /** Why, in a few words that begin in lower case. */
      readonly reason: string;
    };

/** Vectors of any machine, one float at a time: to compare with, and never of use where speed is. */
const PORTABLE = "portable";

let loaded: Binding | { readonly reason: string } | undefined;

/** The compiled part, or why there is none. It is looked for once. */
export function findBinding(): Binding | { readonly reason: string } {
  loaded ??= load();
  return loaded;
}

function load(): Binding | { readonly reason: string } {
  try {
    return loadBinding() ?? { reason: "it was not built here, and is not installed for this platform" };
  } catch (thrown) {
    return { reason: `it does not load (${messageOf(thrown)})` };
  }
}

/** Whether `createNativeEngine` can make engines here. */
export function nativeSupport(): NativeSupport {
  const binding = findBinding();
  if ("reason" in binding) return { available: false, reason: binding.reason };
  const [vectors = PORTABLE] = binding.vectors;
  if (vectors === PORTABLE) {
    return { available: false, reason: "this processor has none of AVX-512, AVX2 and NEON" };
  }
  return { available: true, vectors, allVectors: binding.vectors };
}
