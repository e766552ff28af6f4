// What there is on a machine without node-canvas: everything but PNG, and the same SVG as with it.
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
    const viz = await import("@trainscope/viz");
    const { seededHistory, seededWeights, CLASS_NAMES, RGB } = await import("./src/testing/fixtures.ts");
    const spec = viz.combinedCurvesSpecification(seededHistory(12), { dataName: "Seeded example" });
    const parameters = { classes: 10, inputs: 3072, weights: seededWeights(10, RGB) };
    const montage = { parameters, classNames: CLASS_NAMES, shape: RGB };
    const refused = [];
    const told = ({ code, message, hint }) => refused.push([code, message, hint]);
    await viz.renderChart(spec, { format: "png" }).catch(told);
    try { viz.renderWeightMontage(montage, "png"); } catch (error) { told(error); }
    console.log(JSON.stringify({
      refused,
      chart: await viz.renderChart(spec, { format: "svg" }), montage: viz.renderWeightMontage(montage, "svg"),
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

test("without node-canvas PNG alone is missing, and the error says what to do", () => {
  const [without, having] = [draw(false), draw(true)];
  const error = [
    "NOT_SUPPORTED",
    "PNG is drawn with node-canvas, which isn't installed",
    expect.stringMatching(/npm install canvas.*SVG needs neither/),
  ];
  expect([without.refused, having.refused]).toEqual([[error, error], []]);
  for (const kind of ["chart", "montage"]) expect(without[kind]).toBe(having[kind]);
});
