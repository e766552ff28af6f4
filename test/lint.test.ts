// What is a rule of this house and no other's fails lint: the arrows between packages, and who may print.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { root, temporaryFolder } from "./support/command.ts";

/** Lints a source as if it stood in the package, in a copy of what the rules depend on. */
function lint(packageName: string, source: string, path = "probe.ts") {
  return lintAll(packageName, { [path]: source });
}

function lintAll(packageName: string, sources: Readonly<Record<string, string>>) {
  const copy = temporaryFolder();
  const place = join("packages", packageName);
  for (const file of ["biome.json", "tools/lint", join(place, "package.json")]) {
    cpSync(join(root, file), join(copy, file), { recursive: true });
  }
  for (const [path, source] of Object.entries(sources)) {
    const probe = join(copy, place, "src", path);
    mkdirSync(dirname(probe), { recursive: true });
    writeFileSync(probe, `${source}\n`);
  }
  const { status, stdout, stderr } = spawnSync(
    "biome",
    ["lint", "--vcs-enabled=false", "--max-diagnostics=none", "packages"],
    {
      cwd: copy,
      encoding: "utf8",
    },
  );
  return { status, output: stdout + stderr };
}

/** Against the arrows between packages. */
const REFUSED_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  core: [
    'export { train } from "@trainscope/viz";',
    'export { readFile } from "node:fs/promises";',
    'export { main } from "../../cli/src/main.ts";',
    'export { createCanvas } from "canvas";',
    'export { render } from "ink";',
    'export { useState } from "react";',
  ],
  "data-cifar": ['export { curvesExporter } from "@trainscope/viz";', 'export { main } from "trainscope";'],
  formats: ['export { curvesExporter } from "@trainscope/viz";'],
  "engine-native": [
    'export { createSample } from "@trainscope/data-cifar";',
    'export { train } from "../../core/src/index.ts";',
  ],
  metrics: [
    'export { curvesExporter } from "@trainscope/viz";',
    'export { readSource } from "../../formats/src/index.ts";',
    'export { readFile } from "node:fs/promises";',
  ],
  runs: [
    'export { createSample } from "@trainscope/data-cifar";',
    'export { main } from "../../cli/src/main.ts";',
  ],
  sweep: ['export { curvesExporter } from "@trainscope/viz";', 'export { readFile } from "node:fs/promises";'],
  study: [
    'export { loadCifar10Study } from "@trainscope/data-cifar";',
    'export { run } from "@trainscope/tui/parts";',
    'export { frame } from "../../viz/src/parts.ts";',
  ],
  viz: [
    'export type { StudyResults } from "@trainscope/study/results";',
    'export { createSample } from "@trainscope/data-cifar";',
    'export { createSample } from "../../data-cifar/src/index.ts";',
  ],
  tui: ['export { main } from "trainscope";', 'export { main } from "../../cli/src/main.ts";'],
  cli: ['export { run } from "../../tui/src/parts.ts";'],
};

it.each(Object.entries(REFUSED_IMPORTS))("%s imports against no arrow", (packageName, sources) => {
  const files = sources.map((source, index) => [`case-${index}.ts`, source]);
  const { status, output } = lintAll(packageName, Object.fromEntries(files));
  expect(status).toBe(1);
  expect(refusedBy("lint/style/noRestrictedImports", output)).toEqual(files.map(([file]) => file).toSorted());
});

it("a queue's part of sweep may use Node.js, and no other package but core", () => {
  const { output } = lintAll("sweep", {
    "bullmq/node.ts": 'export { readFile } from "node:fs/promises";',
    "bullmq/other.ts": 'export { curvesExporter } from "@trainscope/viz";',
  });
  expect(refusedBy("lint/style/noRestrictedImports", output)).toEqual(["bullmq/other.ts"]);
});

/** The files under `src` of which a rule complains, each once. */
function refusedBy(rule: string, output: string): string[] {
  const places = output.matchAll(/src\/(\S+?\.tsx?):\d+:\d+ (\S+)/g);
  return [...new Set([...places].flatMap(([, file = "", found]) => (found === rule ? [file] : [])))].toSorted();
}

it.each(["test", "tools/src", "examples"])("%s imports packages by their public entries only", (folder) => {
  const copy = temporaryFolder();
  for (const file of ["biome.json", "tools/lint"])
    cpSync(join(root, file), join(copy, file), { recursive: true });
  const up = "../".repeat(folder.split("/").length);
  const sources = {
    "path.ts": `export { main } from "${up}packages/cli/src/main.ts";`,
    "built.ts": `export { main } from "${up}packages/cli/dist/main.js";`,
    "name.ts": 'export { train } from "@trainscope/core/src/training/train.ts";',
    "public.ts": 'export { train } from "@trainscope/core";\nexport { toCsv } from "@trainscope/core/text";',
  };
  for (const [name, source] of Object.entries(sources)) {
    mkdirSync(join(copy, folder), { recursive: true });
    writeFileSync(join(copy, folder, name), `${source}\n`);
  }
  const { stdout, stderr } = spawnSync(
    "biome",
    ["lint", "--vcs-enabled=false", "--max-diagnostics=none", folder],
    {
      cwd: copy,
      encoding: "utf8",
    },
  );
  const refused = [...(stdout + stderr).matchAll(/(\w+\.ts):\S+ lint\/style\/noRestrictedImports/g)].map(
    ([, name]) => name,
  );
  expect(refused.toSorted()).toEqual(["built.ts", "name.ts", "path.ts"]);
});

const ON_CORE_ONLY = ["data-cifar", "engine-native", "formats", "metrics", "runs", "sweep", "tui", "viz"];

it.each(ON_CORE_ONLY)("%s imports no other package but core, by name or by path", (packageName) => {
  const others = readdirSync(join(root, "packages")).filter((name) => !["core", packageName].includes(name));
  const sources = others.flatMap((name) => [
    [`names-${name}.ts`, `export { main } from "${name === "cli" ? "trainscope" : `@trainscope/${name}`}";`],
    [`reaches-${name}.ts`, `export { main } from "../../${name}/src/main.ts";`],
  ]);
  const { output } = lintAll(packageName, Object.fromEntries(sources));
  expect(refusedBy("lint/style/noRestrictedImports", output)).toEqual(sources.map(([path]) => path).toSorted());
});

it.each([
  ["cli", 'export { run } from "@trainscope/tui/parts";'],
  ["study", 'export { frame } from "@trainscope/viz/parts";'],
  ["viz", 'export { train } from "@trainscope/core";'],
  ["viz", 'export { toCsv } from "@trainscope/core/text";'],
])("with the arrows it passes: %s: %s", (packageName, source) => {
  expect(lint(packageName, source)).toMatchObject({ status: 0 });
});

/** A source that each rule of biome.json is to refuse; rules with a test of their own are named below. */
const REFUSED: Readonly<Record<string, readonly [file: string, source: string]>> = {
  "correctness/noUndeclaredDependencies": ["undeclared.ts", 'export { merge } from "lodash";'],
  "correctness/noUnusedImports": ["unused-import.ts", 'import { of } from "rxjs";\nexport const one = 1;'],
  "correctness/noUnusedVariables": ["unused-variable.ts", "const one = 1;\nexport const two = 2;"],
  "style/noNonNullAssertion": ["non-null.ts", "export const firstOf = (all: number[]) => all[0]!;"],
  "style/useImportType": [
    "import-type.ts",
    'import { Observable } from "rxjs";\nexport type Numbers = Observable<number>;',
  ],
  "style/useNodejsImportProtocol": [
    "protocol.ts",
    'import { join } from "path";\nexport const path = join("a");',
  ],
  "performance/noReExportAll": ["all.ts", 'export * from "rxjs";'],
};
const TESTED_ALONE = [
  "complexity/noExcessiveLinesPerFunction",
  "style/noExcessiveLinesPerFile",
  "suspicious/noImportCycles",
];

it("each rule that biome.json turns on refuses what it is for", () => {
  const { linter } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  const rules = Object.entries<Record<string, unknown>>(linter.rules).flatMap(([group, members]) =>
    Object.keys(members).flatMap((rule) => (members[rule] === "off" ? [] : [`${group}/${rule}`])),
  );
  expect([...Object.keys(REFUSED), ...TESTED_ALONE].toSorted()).toEqual(rules.toSorted());
  const { output } = lintAll("viz", Object.fromEntries(Object.values(REFUSED)));
  for (const [rule, [file]] of Object.entries(REFUSED)) {
    expect(output).toMatch(new RegExp(`src/${file}:\\S+ lint/${rule}`));
  }
});

it("files that import each other fail, if only for types", () => {
  const { status, output } = lintAll("viz", {
    "one.ts": 'import type { Two } from "./two.ts";\nexport type One = Two | 1;',
    "two.ts": 'import type { One } from "./one.ts";\nexport type Two = One[];',
  });
  expect(status).toBe(1);
  expect(output).toContain("noImportCycles");
});

const PRINTING = [
  "process.stdout.write('x');",
  "process.stderr.write('x');",
  "export const out = process['stdout'];",
  "export const { stderr } = process;",
  'export { out }; import out from "node:process";',
  "console.warn('x');",
];

it.each(["tui", "viz"])("only what makes names and messages visible may print, in %s too", (packageName) => {
  const files = PRINTING.map((source, index) => [`case-${index}.ts`, source]);
  const { status, output } = lintAll(packageName, Object.fromEntries(files));
  expect(status).toBe(1);
  expect(output).toContain("Print with print");
  expect(refusedBy("plugin", output)).toEqual(files.map(([file]) => file).toSorted());
});

it.each([
  ["tui", "output/print.ts"],
  ["cli", "output/lost-output.ts"],
  ["cli", "probe.test.ts"],
])("%s: %s may print", (packageName, path) => {
  expect(lint(packageName, PRINTING[0] ?? "", path)).toMatchObject({ status: 0 });
});

it("literals are written out, not packed into each other; what is chosen or made may be spread", () => {
  const { status, output } = lintAll("viz", {
    "object.ts": "export const packed = (a: number) => ({ ...{ a }, b: a });",
    "array.ts": "export const packed = (a: number) => [...[a, 1], a];",
    "call.ts": "export const packed = (a: number) => Math.max(...[a, 1]);",
    "written.ts":
      "export const written = (a: number) => ({ ...(a > 0 && { a }), b: [...(a > 0 ? [a] : []), 1] });",
    "made.ts": "export const made = (a: number) => [...[a].map((x) => x), a];",
  });
  expect(status).toBe(1);
  const refused = refusedBy("plugin", output);
  expect(refused).toEqual(["array.ts", "call.ts", "object.ts"]);
});

it("a file has at most 300 lines that say something; a test's may have more", () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => `export const c${i} = ${i};\n`).join("\n");
  const { status, output } = lintAll("core", {
    "long.ts": lines(301),
    "just.ts": lines(300),
    "long.test.ts": lines(301),
  });
  expect(status).toBe(1);
  expect(output).toContain("long.ts");
  expect(output).toContain("noExcessiveLinesPerFile");
  expect(output).not.toMatch(/just\.ts|long\.test\.ts/);
});

it("the body of a function has at most 60 lines that say something; a test's may have more", () => {
  const body = (lines: number) =>
    `export function add(values: number[]) {\n${"  values.push(0);\n\n".repeat(lines)}}`;
  const { status, output } = lintAll("viz", {
    "long.ts": body(61),
    "just.ts": body(60),
    "long.test.ts": body(61),
  });
  expect(status).toBe(1);
  expect(output).toMatch(/long\.ts:\S+ lint\/complexity\/noExcessiveLinesPerFunction/);
  expect(output).not.toMatch(/just\.ts|long\.test\.ts/);
});
