// `npm run pack`: a tarball of each package, as it is published, in `tarballs/` or the folder that is named.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { layOut } from "./publishable.ts";

const root = join(import.meta.dirname, "../..");
const to = resolve(process.argv[2] ?? "tarballs");
mkdirSync(to, { recursive: true });
for (const name of readdirSync(join(root, "packages"))) {
  const folder = join(to, name);
  layOut(join(root, "packages", name), join(root, "LICENSE"), folder);
  const { status } = spawnSync("npm", ["pack", "--silent", "--pack-destination", to], {
    cwd: folder,
    stdio: "inherit",
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) process.exit(1);
}
