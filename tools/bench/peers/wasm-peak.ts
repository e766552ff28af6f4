// WebAssembly on one thread: usage `node wasm-peak.ts peak | scores | gradient`, for the multiply-add peak or one of
// the wasm engine's two inner loops by itself.
// Answers each line with the milliseconds that `flops` floating-point operations took.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { messageOf } from "@trainscope/core/errors";
import { sayMissing } from "../protocol/serve.ts";

interface Loop {
  /** In ../programs. */
  readonly source: string;
  readonly rounds: number;
  readonly flopsOfARound: number;
}

/** A chunk of a batch: two operations for each of 100 rows, 192 inputs and 10 classes. */
const TILE_FLOPS = 2 * 100 * 192 * 10;

const LOOPS: Readonly<Record<string, Loop>> = {
  peak: { source: "multiply-add.as", rounds: 4_000_000, flopsOfARound: 96 },
  scores: { source: "tiles.as", rounds: 1000, flopsOfARound: TILE_FLOPS },
  gradient: { source: "tiles.as", rounds: 1000, flopsOfARound: TILE_FLOPS },
};

/** The compiler takes sources of the suffix .ts only; ours have another, for they are not TypeScript. */
async function read(entry: string, name: string): Promise<string | null> {
  const folder = name === "entry.ts" ? "../programs/" : `../../../packages/core/${homeOf(name)}/`;
  const file = name === "entry.ts" ? entry : basename(name);
  return await readFile(new URL(folder + file, import.meta.url), "utf8").catch(() => null);
}

/** Kernels import what they have in common with their host. */
function homeOf(name: string): string {
  return name.includes("src/engine/wasm/") ? "src/engine/wasm" : "kernels";
}

async function compile(entry: string): Promise<WebAssembly.Exports> {
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const flags = ["--enable", "simd", "--enable", "relaxed-simd", "--enable", "threads", "--runtime", "stub"];
  // As the engine's kernels are compiled: for a memory that threads share.
  const memory = ["--importMemory", "--sharedMemory", "--initialMemory", "16", "--maximumMemory", "16"];
  const { error, stderr } = await asc.main(
    ["entry.ts", "--outFile", "entry.wasm", ...flags, ...memory, "-O3", "--disableWarning", "112"],
    {
      readFile: (name) => read(entry, name),
      writeFile: (name, content) => {
        if (name.endsWith(".wasm") && typeof content !== "string") binary = Uint8Array.from(content);
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined) throw new Error(`AssemblyScript: ${stderr.toString()}`);
  const env = { memory: new WebAssembly.Memory({ initial: 16, maximum: 16, shared: true }) };
  return (await WebAssembly.instantiate(binary, { env })).instance.exports;
}

const [, , name = "peak"] = process.argv;
try {
  const loop = LOOPS[name];
  if (loop === undefined) throw new RangeError(`there is no loop "${name}"`);
  const exports = await compile(loop.source);
  const run = (exports[name] ?? exports.run) as (rounds: number, factor: number, addend: number) => number;
  process.stdout.write(`${JSON.stringify({ ready: true, versions: { v8: process.versions.v8 } })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "quit") break;
    const start = performance.now();
    const loss = run(loop.rounds, 0.999, 0.001);
    const ms = performance.now() - start;
    process.stdout.write(`${JSON.stringify({ ms, flops: loop.rounds * loop.flopsOfARound, loss })}\n`);
  }
} catch (thrown) {
  sayMissing(messageOf(thrown));
}
