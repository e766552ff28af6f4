// Builds the package in the working folder. What is up to date is left alone, since a run may be loading it; what is
// missing is made again. With --check it only tells whether all packages under packages/, or another folder
// that is named, are there.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BUILD_INFO, missingFiles } from "./build-outputs.ts";

const CONFIG = "tsconfig.build.json";

function build(folder: string): number {
  // Without its record the compiler writes every output again, over what there is.
  if (missingFiles(folder).length > 0) rmSync(join(folder, BUILD_INFO), { force: true });
  const { status } = spawnSync("tsc", ["-b", CONFIG], { cwd: folder, stdio: "inherit" });
  return status === 0 ? check(folder) : (status ?? 1);
}

function check(folder: string): number {
  const [missing] = missingFiles(folder);
  if (missing === undefined) return 0;
  process.stderr.write(`${join(folder, missing)} is missing\n`);
  return 1;
}

function checkAll(packages: string): number {
  const folders = readdirSync(packages).map((name) => join(packages, name));
  return Math.max(0, ...folders.filter((folder) => existsSync(join(folder, CONFIG))).map(check));
}

const [action, packages = join(import.meta.dirname, "../../packages")] = process.argv.slice(2);
process.exitCode = action === "--check" ? checkAll(packages) : build(process.cwd());
