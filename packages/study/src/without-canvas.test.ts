// What there is of a report on a machine without node-canvas: everything but its PNG.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** Draws in a Node of its own, in which `canvas` is found or isn't. */
function draw(withCanvas: boolean): Record<string, unknown> {
  const text = `
    import { registerHooks } from "node:module";
    if (!${withCanvas}) registerHooks({
      resolve(name, context, next) {
        if (name !== "canvas") return next(name, context);
        throw Object.assign(new Error("Cannot find module 'canvas'\\nRequire stack: …"), { code: "MODULE_NOT_FOUND" });
      },
    });
    const { createReport } = await import("@trainscope/study/report");
    const { seededStudy } = await import("@trainscope/study/testing");
    const options = { command: "x", generatedAt: new Date(0), versions: {} };
    const report = createReport(seededStudy({ seeds: 1 }), options);
    const files = await Array.fromAsync(report.files());
    const markdown = files.find(({ path }) => path === "report.md").content;
    console.log(JSON.stringify({
      steps: report.steps, paths: files.map(({ path }) => path),
      shown: [...markdown.matchAll(/figures\\/[\\w.-]+/g)].map(([path]) => path),
    }));`;
  const conditions = ["--conditions=@trainscope/source", "--input-type=module-typescript"];
  return JSON.parse(
    execFileSync(process.execPath, [...conditions, "-e", text], {
      cwd: PACKAGE,
      encoding: "utf8",
      maxBuffer: 1e9,
    }),
  );
}

test("without node-canvas a report has its figures as SVG alone, and shows no other", () => {
  const [without, having] = [draw(false), draw(true)];
  const [paths, all] = [without.paths, having.paths] as [string[], string[]];
  expect(paths).toEqual(all.filter((path) => !path.endsWith(".png")));
  expect(all.filter((path) => path.endsWith(".png")).length).toBeGreaterThan(10);
  for (const { shown, paths: there, steps } of [without, having] as (typeof without & { paths: string[] })[]) {
    expect(there).toEqual(expect.arrayContaining(shown as string[]));
    expect(steps).toBe(there.length);
  }
});
