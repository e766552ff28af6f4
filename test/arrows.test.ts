// An import against the arrows between packages fails lint.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { root } from "./support/command.ts";

const probes: string[] = [];

function lint(packageName: string, source: string) {
  const probe = join(root, "packages", packageName, "src", `arrow-probe-${probes.length}.ts`);
  probes.push(probe);
  writeFileSync(probe, `${source}\n`);
  const { status, stdout, stderr } = spawnSync("biome", ["lint", "--vcs-enabled=false", probe], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

afterEach(() => {
  for (const probe of probes) if (existsSync(probe)) rmSync(probe);
});

it.each([
  ["core", 'export { train } from "@trainscope/viz";'],
  ["core", 'export { readFile } from "node:fs/promises";'],
  ["core", 'export { main } from "../../tui/src/main.ts";'],
  ["data-cifar", 'export { curvesExporter } from "@trainscope/viz";'],
  ["data-cifar", 'export { main } from "@trainscope/tui";'],
  ["viz", 'export { createSample } from "@trainscope/data-cifar";'],
  ["viz", 'export { createSample } from "../../data-cifar/src/index.ts";'],
])("%s: %s", (packageName, source) => {
  const { status, output } = lint(packageName, source);
  expect(status).toBe(1);
  expect(output).toContain("noRestrictedImports");
});

it.each([
  ["tui", 'export { curvesExporter } from "@trainscope/viz";'],
  ["viz", 'export { train } from "@trainscope/core";'],
])("with the arrows it passes: %s: %s", (packageName, source) => {
  expect(lint(packageName, source)).toMatchObject({ status: 0 });
});
