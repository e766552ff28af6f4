// What publint and Are The Types Wrong find in a tarball, as their commands would with --strict and with --profile esm-only.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Publint {
  publint(options: { pack: { tarball: ArrayBuffer }; strict: boolean }): Promise<{
    readonly messages: readonly { readonly type: string }[];
  }>;
}

interface AreTheTypesWrong {
  createPackageFromTarballData(data: Uint8Array): unknown;
  checkPackage(found: unknown): Promise<{
    readonly types: unknown;
    readonly problems?: readonly { readonly resolutionKind?: string }[];
  }>;
}

/** Of modules that are ES modules only. */
const PASSED_OVER = ["node10", "node16-cjs"];

/** In the project `tools` both are installed. One process for all tarballs: most of the time goes into loading TypeScript. */
export async function loadTarballLooks(tools: string) {
  const { resolve } = createRequire(join(tools, "package.json"));
  const load = async <Module>(name: string): Promise<Module> => await import(pathToFileURL(resolve(name)).href);
  const { publint } = await load<Publint>("publint");
  const types = await load<AreTheTypesWrong>("@arethetypeswrong/core");
  return {
    /** Each problem as JSON. */
    async publint(tarball: string): Promise<readonly string[]> {
      const { messages } = await publint({ pack: { tarball: arrayBufferOf(tarball) }, strict: true });
      return messages.filter(({ type }) => type === "error").map((message) => JSON.stringify(message));
    },
    /** The same. */
    async types(tarball: string): Promise<readonly string[]> {
      const found = types.createPackageFromTarballData(readFileSync(tarball));
      const { types: has, problems = [] } = await types.checkPackage(found);
      if (!has) return ["it has no types"];
      return problems
        .filter(({ resolutionKind }) => resolutionKind === undefined || !PASSED_OVER.includes(resolutionKind))
        .map((problem) => JSON.stringify(problem));
    },
  };
}

function arrayBufferOf(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer;
}
