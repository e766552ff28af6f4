// Compiles packages/core/kernels and writes the modules, as text, where the engine imports them: so that whoever
// bundles the package has no further file to find.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const folder = join(import.meta.dirname, "../../packages/core/kernels");
const target = join(import.meta.dirname, "../../packages/core/src/engine/wasm/kernels.generated.ts");

/** One module of the kernels, as base64. */
async function compile(simd: "relaxed" | "plain", memory: "shared" | "unshared"): Promise<string> {
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
      ...["--importMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
      ...(memory === "shared" ? ["--sharedMemory"] : []),
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
  return Buffer.from(binary).toString("base64");
}

const text = `// Made by tools/src/build-kernels.ts from packages/core/kernels.

/** WebAssembly modules as base64: with relaxed or plain SIMD, for memory that threads share or that they don't. */
export const KERNELS = {
  relaxed: {
    shared: "${await compile("relaxed", "shared")}",
    unshared: "${await compile("relaxed", "unshared")}",
  },
  plain: {
    shared: "${await compile("plain", "shared")}",
    unshared: "${await compile("plain", "unshared")}",
  },
} as const;
`;
writeFileSync(target, text);
