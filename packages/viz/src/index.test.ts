import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** Runs a module's text in a Node of its own, in the given folder, and gives what it printed. */
function runModule(text: string, cwd: string): string {
  const conditions = ["--conditions=@trainscope/source", "--input-type=module-typescript"];
  return execFileSync(process.execPath, [...conditions, "-e", text], { cwd, encoding: "utf8" });
}

test("importing the package loads neither Vega nor node-canvas", () => {
  const printed = runModule(
    `import { registerHooks } from "node:module";
     const seen = [];
     registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
     const { defaultExporters } = await import("@trainscope/viz");
     defaultExporters();
     console.log(JSON.stringify(seen));`,
    PACKAGE,
  );
  const names: string[] = JSON.parse(printed);
  expect(names).toContain("@trainscope/viz");
  expect(names.filter((name) => /^(vega|canvas)/.test(name))).toEqual([]);
});

test("the specifications need neither Node, Vega nor node-canvas", () => {
  const printed = runModule(
    `import { registerHooks } from "node:module";
     const seen = [];
     registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
     const { linesSpecification } = await import("@trainscope/viz/specifications");
     linesSpecification({ x: [1], series: [{ name: "a", values: [2] }], xTitle: "x", yTitle: "y" });
     console.log(JSON.stringify(seen));`,
    PACKAGE,
  );
  const names: string[] = JSON.parse(printed);
  expect(names).toContain("@trainscope/viz/specifications");
  expect(names.filter((name) => /^(vega|canvas|node:)/.test(name))).toEqual([]);
});

test("the README's examples run and write the files they name", () => {
  const examples = readFileSync(join(PACKAGE, "README.md"), "utf8").matchAll(/```ts\n([\s\S]*?)```/g);
  const folder = mkdtempSync(join(tmpdir(), "viz-readme-"));
  try {
    symlinkSync(join(PACKAGE, "../../node_modules"), join(folder, "node_modules"), "dir");
    for (const [, example = ""] of examples) runModule(example, folder);
    const written = readdirSync(folder).filter((name) => name !== "node_modules");
    expect(written).toEqual(["accuracy.png", "accuracy.svg", "latency.svg", "spam.svg", "weights.png"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
