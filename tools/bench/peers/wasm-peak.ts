// The multiply-add peak of WebAssembly on this machine, one thread: usage `node wasm-peak.ts`.
// Answers each line with the milliseconds that `flops` floating-point operations took.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { messageOf } from "@trainscope/core";
import { sayMissing } from "../protocol/serve.ts";

const ROUNDS = 4_000_000;
const FLOPS_OF_A_ROUND = 96;

type Run = (rounds: number, factor: number, addend: number) => number;

async function compile(): Promise<Run> {
  const { default: asc } = await import("assemblyscript/asc");
  const source = await readFile(new URL("../programs/multiply-add.as", import.meta.url), "utf8");
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const flags = ["--enable", "simd", "--enable", "relaxed-simd", "--runtime", "stub", "-O3"];
  // The compiler takes sources of the suffix .ts only; the file has another, for it is not TypeScript.
  const { error, stderr } = await asc.main(["multiply-add.ts", "--outFile", "multiply-add.wasm", ...flags], {
    readFile: (name) => (name === "multiply-add.ts" ? source : null),
    writeFile: (name, content) => {
      if (name.endsWith(".wasm") && typeof content !== "string") binary = Uint8Array.from(content);
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) throw new Error(`AssemblyScript: ${stderr.toString()}`);
  const { instance } = await WebAssembly.instantiate(binary, {
    env: {
      abort: () => {
        throw new Error("abort");
      },
    },
  });
  return instance.exports.run as Run;
}

try {
  const run = await compile();
  process.stdout.write(`${JSON.stringify({ ready: true, versions: { v8: process.versions.v8 } })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "quit") break;
    const start = performance.now();
    const loss = run(ROUNDS, 0.999, 0.001);
    const ms = performance.now() - start;
    process.stdout.write(`${JSON.stringify({ ms, flops: ROUNDS * FLOPS_OF_A_ROUND, loss })}\n`);
  }
} catch (thrown) {
  sayMissing(messageOf(thrown));
}
