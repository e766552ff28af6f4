// What this host has of what the wasm engine can use.
import { canShareMemory } from "../../data/image-memory.ts";
import type { WasmModule } from "../../data/web-assembly.ts";
import { KERNELS } from "./kernels.generated.ts";
import { type ComputeWorker, findWorkers } from "./worker.ts";

/** Whether multiply-add may be fused. */
export type Simd = "relaxed" | "plain";

/** What a host can do of what the wasm engine would use. */
export interface WasmHost {
  readonly simd: Simd | "none";
  readonly sharedMemory: boolean;
  /** Cores that are free to use. */
  readonly cores: number;
  readonly createWorker?: () => ComputeWorker;
}

export function detectHost(): WasmHost {
  const createWorker = findWorkers();
  return {
    simd: simdOfHost(),
    sharedMemory: canShareMemory(),
    cores: globalThis.navigator?.hardwareConcurrency ?? 1,
    ...(createWorker === undefined ? {} : { createWorker }),
  };
}

let detected: WasmHost["simd"] | undefined;

function simdOfHost(): WasmHost["simd"] {
  detected ??= detectSimd();
  return detected;
}

function detectSimd(): WasmHost["simd"] {
  if (typeof WebAssembly !== "object") return "none";
  if (WebAssembly.validate(kernels("relaxed", "unshared"))) return "relaxed";
  return WebAssembly.validate(kernels("plain", "unshared")) ? "plain" : "none";
}

type Memory = "shared" | "unshared";

/** In a module, of a memory: that it has a largest size and is not shared. */
const LIMITS_UNSHARED = 1;

/** The bytes of the module for such a memory. */
function kernels(simd: Simd, memory: Memory): Uint8Array<ArrayBuffer> {
  const { code, limits } = KERNELS[simd];
  const bytes = new Uint8Array(code.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(code.slice(2 * i, 2 * i + 2), 16);
  if (memory === "unshared") bytes[limits] = LIMITS_UNSHARED;
  return bytes;
}

export function describeKernels(simd: Simd): { readonly simd: string; readonly build: string } {
  return { simd: simd === "relaxed" ? "128 bit, relaxed" : "128 bit", build: KERNELS[simd].build };
}

const compiled = new Map<string, Promise<WasmModule>>();

/**
 * Compiled once: what the host has made fast while one engine trained stays fast for the next. Rejects where the
 * host refuses, with a `CompileError` where a page's security policy does.
 */
export function compileKernels(simd: Simd, memory: Memory): Promise<WasmModule> {
  const key = `${simd}, ${memory}`;
  const module = compiled.get(key) ?? WebAssembly.compile(kernels(simd, memory));
  compiled.set(key, module);
  module.catch(() => compiled.delete(key));
  return module;
}
