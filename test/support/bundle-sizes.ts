// A program as the usual bundlers make it, minified: how large it is, and what they warn of.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

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

function bundled(warnings: readonly string[], file: string): Bundled {
  return { warnings, gzipped: gzipSync(readFileSync(file)).length };
}

async function withVite(entry: string): Promise<Bundled> {
  const warnings: string[] = [];
  const outDir = join(dirname(entry), "by-vite");
  await build({
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
    build: { outDir, rollupOptions: { input: entry, output: { entryFileNames: "bundle.js" } } },
  });
  function keep(text: string): void {
    warnings.push(text);
  }
  return bundled(warnings, join(outDir, "bundle.js"));
}

interface Esbuild {
  build(options: object): Promise<{ readonly warnings: readonly { readonly text: string }[] }>;
}

async function withEsbuild(entry: string, esbuild: Esbuild): Promise<Bundled> {
  const outfile = join(dirname(entry), "by-esbuild.js");
  const { warnings } = await esbuild.build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    logLevel: "silent",
  });
  return bundled(
    warnings.map(({ text }) => text),
    outfile,
  );
}

type Webpack = (
  options: object,
  done: (
    error: Error | null,
    stats?: { toJson(): { readonly errors: { message: string }[]; readonly warnings: { message: string }[] } },
  ) => void,
) => void;

function withWebpack(entry: string, webpack: Webpack): Promise<Bundled> {
  const path = join(dirname(entry), "by-webpack");
  const options = { mode: "production", target: "web", entry, output: { path, filename: "bundle.js" } };
  return new Promise((resolve, reject) => {
    // Its own budgets of 250 kB are for what a page loads uncompressed.
    webpack({ ...options, performance: false }, (error, stats) => {
      if (error !== null || stats === undefined) return reject(error);
      const { errors, warnings } = stats.toJson();
      const said = [...errors, ...warnings].map(({ message }) => message);
      resolve(bundled(said, join(path, "bundle.js")));
    });
  });
}
