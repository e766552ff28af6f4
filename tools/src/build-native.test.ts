// A native engine that can't be built is told in one line, once, and nothing fails for it.
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

const source = join(import.meta.dirname, "../../packages/engine-native");

/** The sources of the engine, without what was built of them. */
function copyOfSources(): string {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-native-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["binding.gyp", "build-name.mjs", "native", "package.json"]) {
    cpSync(join(source, name), join(folder, name), { recursive: true });
  }
  return folder;
}

function build(folder: string, args: readonly string[] = [], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "build-native.ts"), ...args],
    { cwd: folder, env: { ...process.env, ...environment }, encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

it("without a compiler one line says so, and there is nothing to do until one comes", () => {
  const folder = copyOfSources();
  const without = { CC: join(folder, "no-compiler") };
  expect(build(folder, ["--check"], without)).toEqual({ status: 1, output: "" });
  const line = "the native engine was not built: there is no C compiler. The wasm engine serves.\n";
  expect(build(folder, [], without)).toEqual({ status: 0, output: line });
  expect(build(folder, ["--check"], without)).toEqual({ status: 0, output: "" });
  expect(build(folder, [], without)).toEqual({ status: 0, output: "" });
  // Any program that tells its version will do.
  expect(build(folder, ["--check"], { CC: process.execPath }).status).toBe(1);
  expect(build(folder, ["--check"], { CC: `${process.execPath} --no-warnings` }).status).toBe(1);
});

it.skipIf(!existsSync(join(source, "build/Release/engine_native.node")))(
  "what failed for want of Python is tried again when there is one, and not before",
  () => {
    const folder = copyOfSources();
    const without = { NODE_GYP_FORCE_PYTHON: join(folder, "no-python") };
    const { status, output } = build(folder, [], without);
    expect(status).toBe(0);
    expect(output).toMatch(/^the native engine was not built: .*Python.*\n$/);
    expect(build(folder, ["--check"], without)).toEqual({ status: 0, output: "" });
    expect(build(folder, ["--check"]).status).toBe(1);
  },
);

it.skipIf(!existsSync(join(source, "build/Release/engine_native.node")))(
  "sources that don't compile: the compiler's own words, in one line, and where the rest is",
  () => {
    const folder = copyOfSources();
    appendFileSync(join(folder, "native/kernels.c"), "\n#error no such luck\n");
    const { status, output } = build(folder);
    expect(status).toBe(0);
    expect(output).toMatch(
      /^the native engine was not built: .*no such luck; see .*build\.log\. The wasm.*\n$/,
    );
    expect(build(folder, ["--check"]).status).toBe(0);
    appendFileSync(join(folder, "native/kernels.c"), "\n");
    expect(build(folder, ["--check"]).status).toBe(1);
  },
);
