// Compiles packages/core/kernels and writes the modules, as text, where the engine imports them: so that whoever
// bundles the package has no further file to find. What is up to date is left alone: a run may be reading it.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../packages/core/kernels");
const host = join(import.meta.dirname, "../../packages/core/src/engine/wasm");
const layout = join(host, "layout.ts");
/** What the kernels import of the host's. */
const SHARED = ["job-words.ts", "kernel-shape.ts", "table-words.ts"];
const target = join(import.meta.dirname, "../../packages/core/src/engine/wasm/kernels.generated.ts");

/** Of all that the modules are made of and by. */
function fingerprint(): string {
  const { version } = createRequire(import.meta.url)("assemblyscript/package.json") as { version: string };
  const hash = createHash("sha256")
    .update(version)
    .update(readFileSync(import.meta.filename))
    .update(readFileSync(layout));
  for (const name of SHARED) hash.update(readFileSync(join(host, name)));
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

/** The kernels for memory that threads share. */
async function compile(simd: "relaxed" | "plain"): Promise<Uint8Array> {
  // Takes a while to load.
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      "index.ts",
      "--baseDir",
      folder,
      "--outFile",
      "kernels.wasm",
      "--runtime",
      "stub",
      "-O3",
      "--enable",
      "simd",
      "--enable",
      "threads",
      ...(simd === "relaxed" ? ["--enable", "relaxed-simd"] : []),
      "--importMemory",
      "--sharedMemory",
      "--initialMemory",
      "1",
      "--maximumMemory",
      "65536",
      // That v128 can't be passed to JavaScript is of no concern: no exported function does.
      "--disableWarning",
      "112",
    ],
    {
      writeFile(name, contents) {
        if (name.endsWith(".wasm") && typeof contents !== "string") binary = contents;
      },
    },
  );
  if (error !== null || binary === undefined)
    throw new Error(`the kernels don't compile:\n${stderr.toString()}`);
  return binary;
}

/** How a module imports "env" "memory": names with their lengths, 2 for a memory, and its kind of limits. */
const MEMORY_IMPORT = Buffer.from("\u0003env\u0006memory\u0002\u0003");

/**
 * Where a module says that its memory is shared: the same module serves for memory that isn't, with another byte there.
 * Compiled for such memory, the loads of the inner loops are moved about until accumulators spill, and the loops take 1.6
 * times as long.
 */
function limitsOf(module: Uint8Array): number {
  const place = Buffer.from(module).indexOf(MEMORY_IMPORT);
  if (place < 0) throw new Error("the kernels don't import a shared memory");
  return place + MEMORY_IMPORT.length - 1;
}

/** Tells kernels from others whose sums may be rounded differently: what layout.ts says decides on their order, too. */
function buildOf(module: Uint8Array): string {
  return createHash("sha256").update(module).update(readFileSync(layout)).digest("hex").slice(0, 12);
}

function written(module: Uint8Array): string {
  const code = Buffer.from(module).toString("hex");
  return `{ build: "${buildOf(module)}", limits: ${limitsOf(module)}, code: "${code}" }`;
}

async function build(heading: string): Promise<string> {
  const relaxed = await compile("relaxed");
  const plain = await compile("plain");
  return `${heading}

/**
 * WebAssembly modules with relaxed or plain SIMD, the name of each build, and where each says that its memory is shared. They
 * are hexadecimal, of which gzip makes less than of base64: a byte is the same two letters wherever it stands.
 */
export const KERNELS = {
  relaxed: ${written(relaxed)},
  plain: ${written(plain)},
} as const;
`;
}

const heading = `// Made by tools/src/build-kernels.ts from packages/core/kernels, ${fingerprint()}.`;
if (!existsSync(target) || !readFileSync(target, "utf8").startsWith(heading)) {
  const text = await build(heading);
  const whole = `${target}.${process.pid}.tmp`;
  writeFileSync(whole, text);
  renameSync(whole, target);
}
