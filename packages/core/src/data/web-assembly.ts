// WebAssembly's types for who has the DOM's library, which declares them; any object for who has not.

type Class<Instance> = new (...args: never[]) => Instance;

/** `WebAssembly.Memory`. */
export type WasmMemory = typeof globalThis extends { WebAssembly: { Memory: Class<infer Memory> } }
  ? Memory
  : object;

/** `WebAssembly.Module`. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: Class<infer Module> } }
  ? Module
  : object;
