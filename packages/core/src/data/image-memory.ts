// Where images lie so that the wasm engine computes with them in place: a WebAssembly memory that threads can share.
// 60,000 images of CIFAR-10 are 184 MB, which nobody wants twice.
import { requireArgument } from "../errors.ts";
import type { WasmMemory } from "./web-assembly.ts";

/** Bytes of a page, the unit in which a memory grows. */
const PAGE = 65_536;
/** Pages of 4 GiB, all that 32 bits address. A memory takes up only what is written to. */
const MOST_PAGES = 65_536;
/** Images are read in steps of 16 bytes. */
const SLACK = 16;

/** A memory whose first bytes may be somebody's images, and which engines share for their own arrays. */
export interface ImageMemory {
  readonly memory: WasmMemory;
  /** Regions that engines have given back. */
  readonly free: MemoryRegion[];
}

export interface MemoryRegion {
  /** Bytes from the memory's start, a multiple of 64. */
  readonly start: number;
  readonly bytes: number;
}

const memories = new WeakMap<ArrayBufferLike, ImageMemory>();

/** Whether this host lets threads share memory: Node does, a browser does for pages that are isolated. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === "function" && Reflect.get(globalThis, "crossOriginIsolated") !== false;
}

/**
 * Memory for images, all 0, that the wasm engine can use without a copy. For a whole dataset, ask once, and give its
 * splits views of it. Where memory can't be shared, or there is no WebAssembly, these are plain bytes, which engines copy.
 */
export function allocateImages(bytes: number): Uint8Array {
  requireArgument("allocateImages", "bytes", bytes, "a whole number");
  if (!canShareMemory() || typeof WebAssembly !== "object") return new Uint8Array(bytes);
  try {
    const initial = Math.ceil((bytes + SLACK) / PAGE);
    const memory = new WebAssembly.Memory({ initial, maximum: MOST_PAGES, shared: true });
    memories.set(memory.buffer, { memory, free: [] });
    return new Uint8Array(memory.buffer, 0, bytes);
  } catch (thrown) {
    // Some hosts limit how much address space a program may reserve.
    if (thrown instanceof RangeError) return new Uint8Array(bytes);
    throw thrown;
  }
}

/** A memory of `bytes`, which stays so large. Throws `RangeError` where there is none to be had. */
export function createMemory(bytes: number, shared: boolean): WasmMemory {
  const pages = Math.ceil((bytes + SLACK) / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/** The memory that images from `allocateImages`, or views of them, lie in. */
export function imageMemoryOf(images: Uint8Array): ImageMemory | undefined {
  return memories.get(images.buffer);
}

/**
 * Takes `bytes` out of a memory, which grows where no free region is large enough. Throws `RangeError` where it can't:
 * at 4 GiB, or where the host gives no more.
 */
export function takeRegion({ memory, free }: ImageMemory, bytes: number): MemoryRegion {
  const index = free.findIndex((region) => region.bytes >= bytes);
  if (index >= 0) return free.splice(index, 1)[0] as MemoryRegion;
  const pages = Math.ceil(bytes / PAGE);
  return { start: memory.grow(pages) * PAGE, bytes: pages * PAGE };
}

export function releaseRegion({ free }: ImageMemory, region: MemoryRegion): void {
  free.push(region);
}
