import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { formatsOf, loadRecordedMetrics } from "./run-formats.ts";

let folder = "";
let run = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-formats-"));
  run = join(folder, "runs", "run");
  mkdirSync(run, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const METRIC = `export default { name: "twice", splits: ["train"], direction: "none", init: () => 0,
  update: (state) => state, result: () => 0, format: (value) => "2x " + value };`;

function plugin(where: string, text = METRIC): string {
  const path = join(where, "twice.mjs");
  writeFileSync(path, text);
  return path;
}

const metricsOf = (...plugins: readonly string[]) =>
  loadRecordedMetrics(run, { modules: { config: null, plugins, pictures: true } });

it("finds how a run's own metrics write their values", async () => {
  const formats = formatsOf((await metricsOf(plugin(folder))) ?? []);
  expect(formats.get("twice")?.(3)).toBe("2x 3");
});

it("does without modules that are gone or broken", async () => {
  expect(await metricsOf(join(folder, "gone.mjs"))).toBeUndefined();
  expect(await metricsOf(plugin(folder, "export default 1 +;"))).toBeUndefined();
});

it("runs no code that came with the run", async () => {
  const seen = globalThis as { hasRun?: boolean };
  const path = plugin(run, `globalThis.hasRun = true; ${METRIC}`);
  expect(await metricsOf(path)).toBeUndefined();
  expect(seen.hasRun).toBeUndefined();
});
