// `npm run pack`: a tarball of each package, as it is published, and of the compiled part for this platform, in
// `tarballs/` or the folder that is named. With --platform-only the compiled part alone, which needs no build of the rest.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
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
const platform = `${process.platform}-${process.arch}`;

/** All in one go: npm takes as long to start as to pack. */
function pack(folders: readonly string[]): void {
  const { status } = spawnSync("npm", ["pack", "--silent", "--pack-destination", to, ...folders], {
    stdio: "inherit",
    // npm is a script there, and no program.
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm pack failed for ${folders.join(", ")}`);
}

mkdirSync(to, { recursive: true });
// Only tarballs go to the named folder: what else is in it is somebody's.
const temporary = mkdtempSync(join(tmpdir(), "trainscope-pack-"));
const folders: string[] = [];
try {
  for (const name of readdirSync(join(root, "packages"))) {
    const source = join(root, "packages", name);
    if (!values["platform-only"]) {
      const folder = join(temporary, name);
      layOut(source, root, folder);
      folders.push(folder);
    }
    const compiled = join(source, "build/Release", `${name.replaceAll("-", "_")}.node`);
    const folder = join(temporary, `${name}-${platform}`);
    if (layOutPlatform(source, platform, compiled, folder)) folders.push(folder);
  }
  pack(folders);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
