// What the generators write works as it is.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import generateExporter from "../tools/src/generators/exporter.ts";
import generateMetric from "../tools/src/generators/metric.ts";
import type { Options, Tree } from "../tools/src/generators/plugin-files.ts";
import { root, trainscope } from "./support/command.ts";

/** Runs a generator into a folder of the test's own, inside the workspace, where packages are found by name. */
function generate(generator: (tree: Tree, options: Options) => void, name: string): string {
  const folder = mkdtempSync(join(root, "test/.docs-generated-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const tree: Tree = {
    exists: () => false,
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
  };
  generator(tree, { name });
  return join(folder, "examples", name);
}

const quick = ["train", "--data", "sample", "--epochs", "1"];

describe("generators", () => {
  it.each(["metric", "exporter"])("nx generate @trainscope/tools:%s is found and takes a name", (kind) => {
    const { status, stdout } = spawnSync(
      "nx",
      ["generate", `@trainscope/tools:${kind}`, "own-label", "--dry-run"],
      {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, NX_DAEMON: "false" },
      },
    );
    expect(stdout).toContain("CREATE examples/own-label/trainscope.config.ts");
    expect(stdout).toContain("CREATE examples/own-label/own-label.test.ts");
    expect(status).toBe(0);
  });

  it("a new metric is shown at once", async () => {
    const { stdout, status } = await trainscope(quick, { cwd: generate(generateMetric, "own-label") });
    expect(status).toBe(0);
    expect(stdout).toMatch(/validation: .*own-label [\d.]+ %/);
  });

  it("a new exporter writes its file", async () => {
    const { stdout, status } = await trainscope(quick, { cwd: generate(generateExporter, "final-figures") });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}runs\/.+\/artifacts\/final-figures\.json$/m);
  });

  it("what is there already is left alone", () => {
    const tree: Tree = {
      exists: (path) => path === "examples/taken",
      write() {
        throw new Error("written");
      },
    };
    expect(() => generateMetric(tree, { name: "taken" })).toThrow("examples/taken is there already");
  });
});
