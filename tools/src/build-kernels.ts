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
      ...["--baseDir", folder, "--outFile", "kernels.wasm"],
      ...["--runtime", "stub", "-O3"],
      ...[
        "--enable",
        "simd",
        "--enable",
        "threads",
        ...(simd === "relaxed" ? ["--enable", "relaxed-simd"] : []),
      ],
      ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
      // That v128 can't be passed to JavaScript is of no concern: no exported function does.
      ...["--disableWarning", "112"],
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
const LIMITS_UNSHARED = 1;

/**
 * The same module for memory that isn't shared: only what it says of its import differs. Compiled for such memory,
 * the loads of the inner loops are moved about until accumulators spill, and the loops take 1.6 times as long.
 */
function unshare(module: Uint8Array): Uint8Array {
  const place = Buffer.from(module).indexOf(MEMORY_IMPORT);
  if (place < 0) throw new Error("the kernels don't import a shared memory");
  const copy = module.slice();
  copy[place + MEMORY_IMPORT.length - 1] = LIMITS_UNSHARED;
  return copy;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** Tells kernels from others whose sums may be rounded differently: what layout.ts says decides on their order, too. */
function buildOf(module: Uint8Array): string {
  return createHash("sha256").update(module).update(readFileSync(layout)).digest("hex").slice(0, 12);
}

function written(module: Uint8Array): string {
  const [shared, unshared] = [module, unshare(module)].map(base64);
  return `{ build: "${buildOf(module)}", shared: "${shared}", unshared: "${unshared}" }`;
}

async function build(heading: string): Promise<string> {
  const relaxed = await compile("relaxed");
  const plain = await compile("plain");
  return `${heading}

/** WebAssembly modules as base64: with relaxed or plain SIMD, for memory that threads share or that they don't, and the name of each build. */
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
