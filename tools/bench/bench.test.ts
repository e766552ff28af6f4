// The command itself, on little work and with no peers.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const BENCH = join(import.meta.dirname, "bench.ts");

function bench(...words: readonly string[]) {
  const args = ["--conditions=@trainscope/source", BENCH, ...words];
  return spawnSync(process.execPath, args, { encoding: "utf8" });
}

it("--quick measures and writes the same figures as a table and as JSON", () => {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const json = join(folder, "bench.json");
  const work = ["--quick", "--data", "synthetic", "--engine", "reference", "--peers", "none"];
  const { stdout, stderr, status } = bench(...work, "--only", "a,b,f", "--threads", "1", "--json", json);
  expect(stderr).toBe("measuring a ...\nmeasuring b ...\nmeasuring f ...\n");
  expect(status).toBe(0);
  expect(stdout).toMatch(/Data: synthetic images/);
  expect(stdout).toMatch(/trainscope reference +1 +\d/);
  expect(stdout).toMatch(/classes +100 +10 +1/);

  const written = JSON.parse(readFileSync(json, "utf8"));
  expect(written.machine.cores).toBeGreaterThan(0);
  expect(written.parts.map(({ part }: { part: string }) => part)).toEqual(["a", "b", "f"]);
  const [first] = written.parts[0].data.results;
  expect(first.name).toBe("trainscope reference");
  expect(first.milliseconds).toHaveLength(2);
  expect(first.ratio).toBe(1);
});

describe("what is wrong gets one line and status 2", () => {
  // Wrong words of the other options: options.test.ts.
  it.each([
    ["--only", "a,z", '--only has "z"'],
    ["--data", "/nonexistent", "/nonexistent"],
    ["--json", "/nonexistent/figures.json", "can't be written"],
  ])("%s %s", (name, value, message) => {
    const { stdout, stderr, status } = bench("--quick", "--only", "a", "--data", "synthetic", name, value);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(status).toBe(2);
  });
});

it("--help lists the options and ends with 0", () => {
  const { stdout, status } = bench("--help");
  expect(stdout).toMatch(/--rounds <count>/);
  expect(status).toBe(0);
});
