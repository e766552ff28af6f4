// `npm run pack`: a tarball of each package, as it is published, and of the compiled part for this platform, in
// `tarballs/` or the folder that is named. With --platform-only the compiled part alone, which needs no build of the rest.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { layOut, layOutPlatform } from "./publishable.ts";

const { values, positionals } = parseArgs({
  options: { "platform-only": { type: "boolean" } },
  allowPositionals: true,
});
const root = join(import.meta.dirname, "../..");
const to = resolve(positionals[0] ?? "tarballs");
/** Where npm puts them at first: no package is called so. */
const PACKED = "_packed";
const platform = `${process.platform}-${process.arch}`;

/**
 * All in one go: npm takes as long to start as to pack. It is given names within the folder that it runs in, never a path: on Windows
 * npm is a script, which a shell runs, and that would split a path at its spaces.
 */
function pack(within: string, names: readonly string[]): void {
  mkdirSync(join(within, PACKED));
  const folders = names.map((name) => `./${name}`);
  const { status } = spawnSync("npm", ["pack", "--silent", "--pack-destination", PACKED, ...folders], {
    cwd: within,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm pack failed for ${names.join(", ")}`);
  for (const tarball of readdirSync(join(within, PACKED))) {
    copyFileSync(join(within, PACKED, tarball), join(to, tarball));
  }
}

mkdirSync(to, { recursive: true });
// Only tarballs go to the named folder: what else is in it is somebody's.
const temporary = mkdtempSync(join(tmpdir(), "trainscope-pack-"));
const names: string[] = [];
try {
  for (const name of readdirSync(join(root, "packages"))) {
    const source = join(root, "packages", name);
    if (!values["platform-only"]) {
      layOut(source, root, join(temporary, name));
      names.push(name);
    }
    const compiled = join(source, "build/Release", `${name.replaceAll("-", "_")}.node`);
    const ofPlatform = `${name}-${platform}`;
    if (layOutPlatform(source, platform, compiled, join(temporary, ofPlatform))) names.push(ofPlatform);
  }
  pack(temporary, names);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
