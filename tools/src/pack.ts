// `npm run pack`: a tarball of each package, as it is published, and of the compiled part for this platform, in
// `tarballs/` or the folder that is named. With --platform-only the compiled part alone, which needs no build of the rest.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
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

function pack(folder: string): void {
  const { status } = spawnSync("npm", ["pack", "--silent", "--pack-destination", to], {
    cwd: folder,
    stdio: "inherit",
    // npm is a script there, and no program.
    shell: process.platform === "win32",
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) process.exit(1);
}

mkdirSync(to, { recursive: true });
for (const name of readdirSync(join(root, "packages"))) {
  const source = join(root, "packages", name);
  const folder = join(to, name);
  if (!values["platform-only"]) {
    layOut(source, join(root, "LICENSE"), folder);
    pack(folder);
  }
  const compiled = join(source, "build/Release", `${name.replaceAll("-", "_")}.node`);
  if (layOutPlatform(source, platform, compiled, folder)) pack(folder);
}
