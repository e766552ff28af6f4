import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { phasesOf, studyEntrants } from "./study-entrants.ts";

const LINES = `stages: Gradient check (12 steps), Four settings (4 trials)
  0 % | Gradient check: 12 steps
 20 % | Gradient check: passed: the largest difference is 9.7e-10, of 1e-7 allowed | 3.25 s | 0:16 left
 20 % | Four settings: 4 trials | 0:16 left
 40 % | λ = 0, η = 0.1 | 40 epochs | validation accuracy 28.29 % | 2.45 s | 0:13 left
 80 % | Four settings: best on validation: λ = 1, η = 0.001 | 9.50 s | 0:14 left
 80 % | Test: 4 steps | 0:14 left
 85 % | Test: λ = 1, η = 0.001: 35.7 % | 0.25 s | 0:15 left
100 % | Figures and documents: 40 files | 2.00 s
`;

it("phases are read from the lines that end a stage", () => {
  expect(phasesOf(LINES)).toEqual({ gradientCheck: 3.25, training: 9.75, writing: 2 });
});

it("without one of them no phase is told", () => {
  expect(phasesOf(LINES.replace(/^100 %.*\n/m, ""))).toBeNull();
  expect(phasesOf("")).toBeNull();
});

function options() {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const directory = "/data";
  return { folder, directory, engine: "wasm", threads: 2, isQuick: false, python: "python3" };
}

it("our study's outcome is read from its numbers, its figures counted, and its folder removed", async () => {
  const given = options();
  const [ours] = studyEntrants(given);
  const args = ours?.command(1).args ?? [];
  const out = args.at(-1) ?? "";
  for (const folder of ["numbers", "figures"]) mkdirSync(join(out, folder), { recursive: true });
  const values = (value: number) => ({ values: [value, 0] });
  const figures = {
    "train/loss": values(1.5),
    "validation/loss": values(1.75),
    "test/accuracy": values(0.5),
  };
  const gradientCheck = { passed: true, rows: [{ inputs: 20, images: 1, lambda: 0, passed: true }] };
  const results = { settings: [{ epochs: [1, 2, 3], figures }], gradientCheck };
  writeFileSync(join(out, "numbers/results.json"), JSON.stringify(results));
  for (const file of ["a.png", "a.svg", "b.png"]) writeFileSync(join(out, "figures", file), "");
  writeFileSync(join(out, "report.md"), "");

  expect(await ours?.read(LINES, 1)).toEqual({
    runs: [{ epochs: 3, loss: 1.5, validationLoss: 1.75, testAccuracy: 0.5 }],
    gradientCheck,
    phases: { gradientCheck: 3.25, training: 9.75, writing: 2 },
    versions: {},
    figures: 1,
    lacking: ["report.html"],
  });
  await expect(ours?.read(LINES, 1)).rejects.toThrow("results.json");
});

it("each round writes to a new folder, for a study goes on where another has stopped", () => {
  for (const { command } of studyEntrants(options())) {
    expect(command(0).args.at(-1)).not.toBe(command(1).args.at(-1));
  }
});

it("peers are chosen by the beginnings of their names", () => {
  const names = (peers: readonly string[]) => studyEntrants({ ...options(), peers }).map(({ name }) => name);
  expect(names(["numpy float64"])).toEqual(["trainscope wasm", "numpy float64"]);
  expect(names([])).toEqual(["trainscope wasm"]);
});
