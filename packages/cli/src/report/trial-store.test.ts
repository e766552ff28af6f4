import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveSettings } from "@trainscope/core/settings";
import type { Trial, TrialResult } from "@trainscope/sweep/trial";
import { expect, it, onTestFinished } from "vitest";
import { createTrialStore } from "./trial-store.ts";

const trial: Trial = {
  id: "setting-1-seed-0",
  title: "λ = 0, η = 0.1",
  data: "assignment",
  settings: resolveSettings({}),
  keepsFrames: true,
};

function resultOf(numbers: Float32ArrayConstructor | Float64ArrayConstructor): TrialResult {
  return {
    record: {
      trial,
      dataName: "tiny",
      trainImages: 3,
      validationImages: 2,
      environment: { engine: "wasm", precision: "float32", threads: 1, simd: "128 bit", build: "1a2b" },
      reason: "completed",
      epochs: [1],
      series: { "train/loss": [null], "validation/loss": [1 / 3] },
      learningRates: [0.1],
      metrics: { "train/loss": 0.1 + 0.2 },
      keptEpoch: 1,
      milliseconds: 12.5,
    },
    parameters: {
      classes: 2,
      inputs: 3,
      weights: numbers.of(0.1, -2, 1e-30, Number.NaN, 5, 6),
      biases: numbers.of(1 / 3, 2),
    },
    frames: [
      { epoch: 1, templates: Uint8Array.of(0, 1, 2, 3, 4, 255) },
      { epoch: 3, templates: Uint8Array.of(9, 8, 7, 6, 5, 4) },
    ],
  };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trainscope-trials-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it.each([Float32Array, Float64Array])("gives back every bit of what was saved (%o)", async (numbers) => {
  const store = createTrialStore(await temporaryFolder());
  const result = resultOf(numbers);
  await store.save(result, "key");
  expect(await store.load(trial, "key")).toEqual(result);
});

it("has nothing under another key or another name", async () => {
  const store = createTrialStore(await temporaryFolder());
  await store.save(resultOf(Float32Array), "key");
  expect(await store.load(trial, "other key")).toBeUndefined();
  await store.save(resultOf(Float64Array), "other key");
  expect((await store.load(trial, "key"))?.parameters.weights).toBeInstanceOf(Float32Array);
  expect(await store.load({ ...trial, id: "final" }, "key")).toBeUndefined();
});

it("has nothing where a file was cut short, changed by a bit, or is missing", async () => {
  const folder = await temporaryFolder();
  const store = createTrialStore(folder);
  await store.save(resultOf(Float32Array), "key");
  const files = await readdir(folder);
  expect(files.sort()).toEqual([
    expect.stringMatching(/^setting-1-seed-0-[0-9a-f]{8}\.bin$/),
    expect.stringMatching(/^setting-1-seed-0-[0-9a-f]{8}\.json$/),
  ]);
  for (const file of files) {
    const path = join(folder, file);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length - 1));
    expect(await store.load(trial, "key")).toBeUndefined();
    await rm(path);
    expect(await store.load(trial, "key")).toBeUndefined();
    await writeFile(path, whole);
    expect(await store.load(trial, "key")).toBeDefined();
  }
  const binary = join(folder, files.find((file) => file.endsWith(".bin")) ?? "");
  const bytes = await readFile(binary);
  bytes[7] = (bytes[7] ?? 0) ^ 1;
  await writeFile(binary, bytes);
  expect(await store.load(trial, "key")).toBeUndefined();
});

it("says where it can't write", async () => {
  const folder = join(await temporaryFolder(), "gone");
  await expect(createTrialStore(folder).save(resultOf(Float32Array), "key")).rejects.toMatchObject({
    code: "OUTPUT_NOT_WRITABLE",
    message: expect.stringContaining(`can't write ${folder}: its folder does not exist`),
  });
});
