// From the name of a module to its file.
import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { resolve as resolveImport } from "import-meta-resolve";

/**
 * The path that a name stands for in a folder: a file's, or else that of a package, as an import in that folder would find
 * it. From the working folder, which messages are read in. Throws `BAD_PLUGIN` or `BAD_CONFIG` where there is no such package.
 */
export function resolveModule(kind: "configuration" | "plugin", name: string, folder: string): string {
  const path = relative(process.cwd(), resolve(folder, name)) || ".";
  // A file that isn't there is told by whoever loads it.
  if (name.startsWith(".") || isAbsolute(name) || existsSync(path)) return path;
  try {
    const url = resolveImport(name, pathToFileURL(join(folder, "importer.js")).href);
    if (!url.startsWith("file:")) throw new Error(`it is a part of Node.js, ${url}`);
    return relative(process.cwd(), fileURLToPath(url));
  } catch (error) {
    if (/\.(?:[cm]?[jt]s|json)$/.test(name)) return path;
    const isMissing = (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    const problem = isMissing
      ? "is neither a file nor an installed package"
      : `can't be found: ${messageOf(error)}`;
    const code = kind === "plugin" ? "BAD_PLUGIN" : "BAD_CONFIG";
    throw new TrainscopeError(code, `the ${kind} ${JSON.stringify(name)} ${problem}`, {
      hint: `Looked for from ${folder}. Check the path, or install the package: npm install ${name}`,
      cause: error,
    });
  }
}
