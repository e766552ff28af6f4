import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunRecord } from "@trainscope/runs/record";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { identifyModule, rememberModules } from "../input/known-modules.ts";
import { formatsOf, loadShownMetrics } from "./run-formats.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-formats-"));
  vi.stubEnv("XDG_STATE_HOME", join(folder, "state"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const METRIC = `export default { name: "twice", splits: ["train"], direction: "none", init: () => 0,
  update: (state) => state, result: () => 0, format: (value) => "2x " + value };`;

function plugin(where: string, text = METRIC): string {
  mkdirSync(where, { recursive: true });
  const path = join(where, "twice.mjs");
  writeFileSync(path, text);
  return path;
}

const onNote = vi.fn();
beforeEach(() => void onNote.mockClear());

const metricsOf = (plugins: readonly string[], named: readonly string[] = []) => {
  const record = { modules: { config: null, plugins, metrics: [], pictures: true } } as unknown as RunRecord;
  return loadShownMetrics({ record }, { plugin: named, metrics: [] }, onNote);
};

it("finds how a run's own metrics write their values", async () => {
  const path = plugin(folder);
  await rememberModules([await identifyModule(path)]);
  const formats = formatsOf((await metricsOf([path])) ?? []);
  expect(formats.get("twice")?.(3)).toBe("2x 3");
  expect(onNote).not.toHaveBeenCalled();
});

it("does without modules that are gone, broken or changed, and says so", async () => {
  const path = plugin(folder, "export default 1 +;");
  await rememberModules([await identifyModule(path)]);
  expect(await metricsOf([path])).toBeUndefined();
  expect(onNote).toHaveBeenLastCalledWith(expect.stringContaining("does not load"));
  plugin(folder, METRIC);
  expect(await metricsOf([path])).toBeUndefined();
  expect(onNote).toHaveBeenLastCalledWith(
    `the plugin ${path}, which the run names, is not what your own runs have used: it has changed since; it was not loaded. Its metrics are shown by what the log tells of them. If you trust it, name it yourself: --plugin ${path}`,
  );
  rmSync(path);
  expect(await metricsOf([path])).toBeUndefined();
  expect(onNote).toHaveBeenCalledTimes(3);
});

it("runs no code that a run names, but that which the user names", async () => {
  const seen = globalThis as { hasRun?: boolean };
  const path = plugin(folder, `globalThis.hasRun = true; ${METRIC}`);
  expect(await metricsOf([path])).toBeUndefined();
  expect(seen.hasRun).toBeUndefined();
  expect(onNote).toHaveBeenLastCalledWith(expect.stringContaining("is none that your own runs have used"));
  expect(await metricsOf([path], [path])).toHaveLength(1);
  expect(seen.hasRun).toBe(true);
});

it("a module that the user names and that does not load is an error", async () => {
  await expect(metricsOf([], [join(folder, "gone.mjs")])).rejects.toMatchObject({ code: "BAD_PLUGIN" });
});
