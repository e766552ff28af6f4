// Compiles the C programs for this machine.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Missing } from "../protocol/messages.ts";

export type VectorBytes = 16 | 32 | 64;

const SOURCES = join(import.meta.dirname, "../peers/c");
const FLAGS = ["-O3", "-march=native", "-ffast-math"];
const COMPILER = process.env.CC ?? "cc";

/** The widest vectors that this machine has registers for; `undefined` where there is no compiler. */
export function nativeVectorBytes(): VectorBytes | undefined {
  const { status, stdout } = spawnSync(COMPILER, ["-march=native", "-dM", "-E", "-x", "c", "/dev/null"], {
    encoding: "utf8",
  });
  if (status !== 0) return undefined;
  if (stdout.includes("__AVX512F__")) return 64;
  return stdout.includes("__AVX2__") ? 32 : 16;
}

/** The path of the compiled program, or why there is none. */
export function compileC(name: "softmax" | "peak", bytes: VectorBytes, folder: string): string | Missing {
  const output = join(folder, `${name}-${bytes}`);
  const source = join(SOURCES, `${name}.c`);
  try {
    execFileSync(COMPILER, [...FLAGS, `-DVECTOR_BYTES=${bytes}`, source, "-o", output, "-lm", "-lpthread"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    return output;
  } catch {
    return { missing: `${COMPILER} ${FLAGS.join(" ")} can't compile ${name}.c; install gcc` };
  }
}
