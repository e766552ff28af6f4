// Compiles the C programs for this machine.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Missing } from "../protocol/messages.ts";

export type VectorBytes = 16 | 32 | 64;

const SOURCES = join(import.meta.dirname, "../peers/c");
export type CProgram = "softmax" | "peak" | "tiles";

const FAST = ["-O3", "-march=native", "-ffast-math"];
/** As packages/engine-native/binding.gyp compiles its kernels. */
const EXACT = ["-std=gnu11", "-O3", "-ffp-contract=off", "-fno-math-errno"];
const ENGINE_VECTORS: Readonly<Record<VectorBytes, readonly string[]>> = {
  64: ["-DVECTORS_AVX512", "-mavx512f", "-mavx2", "-mfma"],
  32: ["-DVECTORS_AVX2", "-mavx2", "-mfma"],
  16: process.arch === "arm64" ? ["-DVECTORS_NEON"] : [],
};

function flagsOf(name: CProgram, bytes: VectorBytes): readonly string[] {
  return name === "tiles" ? [...EXACT, ...ENGINE_VECTORS[bytes]] : [...FAST, `-DVECTOR_BYTES=${bytes}`];
}

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
export function compileC(name: CProgram, bytes: VectorBytes, folder: string): string | Missing {
  const output = join(folder, `${name}-${bytes}`);
  const source = join(SOURCES, `${name}.c`);
  const flags = flagsOf(name, bytes);
  try {
    execFileSync(COMPILER, [...flags, source, "-o", output, "-lm", "-lpthread"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    return output;
  } catch {
    return { missing: `${COMPILER} ${flags.join(" ")} can't compile ${name}.c; install gcc` };
  }
}
