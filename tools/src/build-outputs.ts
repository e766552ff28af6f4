// What a package's build is to leave, told by the compiler's own record of it. The compiler trusts that record, and makes
// nothing where an output has gone since.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Within `dist`, so that who removes the one removes the other. */
export const BUILD_INFO = "dist/tsconfig.build.tsbuildinfo";

/** Files that aren't there of those that the last build has made or was made from, relative to the package's folder. */
export function missingFiles(folder: string): readonly string[] {
  const info = join(folder, BUILD_INFO);
  if (!existsSync(info)) return [BUILD_INFO];
  const { fileNames } = JSON.parse(readFileSync(info, "utf8")) as { readonly fileNames: readonly string[] };
  return fileNames
    .map((name) => relative(folder, resolve(dirname(info), name)))
    .filter((name) => name.startsWith("src/"))
    .flatMap((source) => [source, ...outputsOf(source)])
    .filter((name) => !existsSync(join(folder, name)));
}

function outputsOf(source: string): readonly string[] {
  const base = source.replace(/^src\//, "dist/").replace(/\.tsx?$/, "");
  return [".js", ".js.map", ".d.ts", ".d.ts.map"].map((extension) => base + extension);
}
