// A program as the usual bundlers make it for a page, minified: how much of it is loaded at once, and what they warn of.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

export interface Bundled {
  readonly warnings: readonly string[];
  /** Bytes of what is loaded at once, without what is imported when it is needed. */
  readonly gzipped: number;
}

/** `tools` is a project that has esbuild and webpack; all three bundle for browsers. */
export async function bundleEverywhere(entry: string, tools: string) {
  const load = createRequire(join(tools, "package.json"));
  return {
    vite: await withVite(entry),
    esbuild: await withEsbuild(entry, load("esbuild")),
    webpack: await withWebpack(entry, load("webpack")),
  };
}

/** Compressed as a server would, each file by itself. */
const gzippedSize = (files: readonly (string | Uint8Array)[]): number =>
  files.reduce((sum, file) => sum + gzipSync(file).length, 0);

/** `file`, and what it imports, and what that imports, but for what is imported when it is needed. */
function loadedAtOnce(file: string, imports: (file: string) => readonly string[]): readonly string[] {
  const found = new Set([file]);
  for (const one of found) for (const imported of imports(one)) found.add(imported);
  return [...found];
}

async function withVite(entry: string): Promise<Bundled> {
  const warnings: string[] = [];
  const made = await build({
    configFile: false,
    root: dirname(entry),
    logLevel: "warn",
    customLogger: {
      hasWarned: false,
      hasErrorLogged: () => false,
      clearScreen() {},
      info() {},
      warn: keep,
      warnOnce: keep,
      error: keep,
    },
    build: { outDir: join(dirname(entry), "by-vite"), rollupOptions: { input: entry } },
  });
  function keep(text: string): void {
    warnings.push(text);
  }
  const { output } = made as Rolldown.RolldownOutput;
  const chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one]] : [])));
  const first = output.find((one) => one.type === "chunk" && one.isEntry)?.fileName ?? "";
  const files = loadedAtOnce(first, (file) => chunks.get(file)?.imports ?? []);
  return { warnings, gzipped: gzippedSize(files.map((file) => chunks.get(file)?.code ?? "")) };
}

interface EsbuildOutput {
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
  readonly entryPoint?: string;
}

interface Esbuild {
  build(options: object): Promise<{
    readonly warnings: readonly { readonly text: string }[];
    readonly metafile: { readonly outputs: Readonly<Record<string, EsbuildOutput>> };
  }>;
}

/** Split, as a page needs it: else it would hold what is imported when it is needed, too. */
async function withEsbuild(entry: string, esbuild: Esbuild): Promise<Bundled> {
  const folder = dirname(entry);
  const { warnings, metafile } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outdir: "by-esbuild",
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    logLevel: "silent",
  });
  const { outputs } = metafile;
  const first = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === basename(entry)) ?? "";
  const imports = (file: string) =>
    (outputs[file]?.imports ?? []).flatMap(({ path, kind }) => (kind === "import-statement" ? [path] : []));
  const files = loadedAtOnce(first, imports).map((file) => readFileSync(join(folder, file)));
  return { warnings: warnings.map(({ text }) => text), gzipped: gzippedSize(files) };
}

interface WebpackStats {
  readonly errors: readonly { readonly message: string }[];
  readonly warnings: readonly { readonly message: string }[];
  readonly entrypoints: { readonly main: { readonly assets: readonly { readonly name: string }[] } };
}

type Webpack = (
  options: object,
  done: (error: Error | null, stats?: { toJson(): WebpackStats }) => void,
) => void;

function withWebpack(entry: string, webpack: Webpack): Promise<Bundled> {
  const path = join(dirname(entry), "by-webpack");
  const options = { mode: "production", target: "web", entry, output: { path } };
  return new Promise((resolve, reject) => {
    // Its own budgets of 250 kB are for what a page loads uncompressed.
    webpack({ ...options, performance: false }, (error, stats) => {
      if (error !== null || stats === undefined) return reject(error);
      const { errors, warnings, entrypoints } = stats.toJson();
      const said = [...errors, ...warnings].map(({ message }) => message);
      const files = entrypoints.main.assets.map(({ name }) => readFileSync(join(path, name)));
      resolve({ warnings: said, gzipped: gzippedSize(files) });
    });
  });
}
