import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { BUILD_INFO, missingFiles } from "./build-outputs.ts";

const root = join(import.meta.dirname, "../..");
const OUTPUTS = ["dist/one.js", "dist/inner/two.js", "dist/inner/two.d.ts", "dist/one.js.map"];

let folder: string;

function build(...args: readonly string[]): number | null {
  const bin = join(root, "node_modules/.bin");
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  return spawnSync(process.execPath, [join(root, "tools/src/build-package.ts"), ...args], { cwd: folder, env })
    .status;
}

const timesOf = (names: readonly string[]) => names.map((name) => statSync(join(folder, name)).mtimeMs);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-build-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "src/inner"), { recursive: true });
  const compilerOptions = { composite: true, rootDir: "src", outDir: "dist", tsBuildInfoFile: BUILD_INFO };
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions,
    include: ["src"],
    exclude: ["src/**/*.test.ts"],
  };
  writeFileSync(join(folder, "tsconfig.build.json"), JSON.stringify(config));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "src/one.ts"), 'export { two } from "./inner/two.ts";\n');
  writeFileSync(join(folder, "src/inner/two.ts"), "export const two = 2;\n");
  writeFileSync(join(folder, "src/one.test.ts"), "export {};\n");
  expect(build()).toBe(0);
});

it("what is up to date is not written again", () => {
  const before = timesOf([...OUTPUTS, BUILD_INFO]);
  expect(missingFiles(folder)).toEqual([]);
  expect(build()).toBe(0);
  expect(timesOf([...OUTPUTS, BUILD_INFO])).toEqual(before);
});

it("what is missing is made again: one output, the record of the build, or all", () => {
  for (const gone of [...OUTPUTS, BUILD_INFO, "dist"]) {
    rmSync(join(folder, gone), { recursive: true });
    expect(missingFiles(folder), gone).not.toEqual([]);
    expect(build(), gone).toBe(0);
    expect(missingFiles(folder), gone).toEqual([]);
    expect(() => timesOf(OUTPUTS), gone).not.toThrow();
  }
});

it("--check, by which setup.sh knows that everything is in place, notices one missing output", () => {
  const packages = mkdtempSync(join(tmpdir(), "trainscope-packages-"));
  onTestFinished(() => rmSync(packages, { recursive: true, force: true }));
  cpSync(folder, join(packages, "one"), { recursive: true });
  expect(build("--check", packages)).toBe(0);
  rmSync(join(packages, "one/dist/inner/two.d.ts"));
  expect(build("--check", packages)).toBe(1);
});

it("a source that is removed is no missing output, once it is built", () => {
  writeFileSync(join(folder, "src/one.ts"), "export const one = 1;\n");
  unlinkSync(join(folder, "src/inner/two.ts"));
  expect(missingFiles(folder)).toEqual(["src/inner/two.ts"]);
  expect(build()).toBe(0);
  expect(missingFiles(folder)).toEqual([]);
});

it("an error of the compiler is the build's", () => {
  writeFileSync(join(folder, "src/one.ts"), "export const one: number = '1';\n");
  expect(build()).not.toBe(0);
});
