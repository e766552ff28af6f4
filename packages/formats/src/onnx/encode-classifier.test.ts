import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Classifier, initialiseParameters, predict } from "@trainscope/core";
import type { LossName } from "@trainscope/core/settings";
import { LOSS_NAMES } from "@trainscope/core/settings";
import { describe, expect, it, onTestFinished } from "vitest";
import { encodeOnnx } from "./encode-classifier.ts";

const SHAPE = { width: 5, height: 4, channels: 3 };
const INPUTS = 60;
const CLASS_NAMES = ["cat", "Zwölf 😀", "dog"];
const ROWS = 7;

/** Weights so large that probabilities are far apart. */
function modelOf(loss: LossName): Classifier {
  const parameters = initialiseParameters(CLASS_NAMES.length, INPUTS, 5, 0.3);
  const means = Float64Array.from({ length: INPUTS }, (_, input) => 100 + input);
  const deviations = Float64Array.from({ length: INPUTS }, (_, input) => 40 + input / 3);
  return { parameters, statistics: { means, deviations }, classNames: CLASS_NAMES, shape: SHAPE, loss };
}

const images = Uint8Array.from({ length: ROWS * INPUTS }, (_, at) => (at * 7919) % 256);

describe("encodeOnnx", () => {
  it.skipIf(!hasPython())(
    "is read by an independent reader: bytes in, the probabilities that predict gives",
    () => {
      const all = runPython(LOSS_NAMES.map((loss) => encodeOnnx(modelOf(loss), { runId: "run-1" })));
      for (const [index, loss] of LOSS_NAMES.entries()) {
        const { labels, probabilities } = predict(modelOf(loss), images);
        const read = all[index] ?? expect.fail();
        expect(read.labels).toEqual([...labels]);
        expect(largestDifference(read.probabilities.flat(), probabilities)).toBeLessThan(1e-12);
        expect(read.metadata).toEqual({ classNames: JSON.stringify(CLASS_NAMES), loss, runId: "run-1" });
        expect(read.inputs).toEqual([["images", 2, ["batch", 3, 4, 5]]]);
        expect(read.outputs).toEqual([
          ["labels", 7, ["batch"]],
          ["probabilities", 1, ["batch", 3]],
        ]);
        expect([read.irVersion, read.operatorSet]).toEqual([7, 13]);
      }
    },
  );

  it.skipIf(!hasPython())(
    "a model that takes features is given them as they are, and computes the same",
    () => {
      const model = modelOf("softmax");
      const [read] = runPython([encodeOnnx({ ...model, takes: "features" })]);
      const { probabilities } = predict({ ...model, takes: "features" }, Float64Array.from(images));
      expect(probabilities).toEqual(predict(model, images).probabilities);
      expect(largestDifference(read?.probabilities.flat() ?? [], probabilities)).toBeLessThan(1e-12);
      expect(read?.inputs).toEqual([["features", 11, ["batch", 60]]]);
    },
  );

  it.skipIf(onnxRuntime() === undefined)("onnxruntime gives the same probabilities, to 1e-6", async () => {
    const { InferenceSession, Tensor } = onnxRuntime() ?? expect.fail();
    for (const loss of LOSS_NAMES) {
      const model = modelOf(loss);
      const session = await InferenceSession.create(encodeOnnx(model));
      const given = new Tensor("uint8", images, [ROWS, SHAPE.channels, SHAPE.height, SHAPE.width]);
      const { labels, probabilities } = await session.run({ images: given });
      const expected = predict(model, images);
      expect(probabilities?.dims).toEqual([ROWS, CLASS_NAMES.length]);
      expect(largestDifference(probabilities?.data ?? [], expected.probabilities)).toBeLessThan(1e-6);
      expect(Array.from(labels?.data ?? [], Number)).toEqual([...expected.labels]);
    }
  });

  it("gives the same bytes each time, of float32 parameters too, and refuses those of a run that diverged", () => {
    const model = modelOf("softmax");
    const { parameters } = model;
    const bytes = encodeOnnx(model);
    expect(encodeOnnx(modelOf("softmax"))).toEqual(bytes);
    const weights = Float32Array.from(parameters.weights);
    expect(encodeOnnx({ ...model, parameters: { ...parameters, weights } })).toHaveLength(bytes.length);
    const lost = { ...parameters, weights: parameters.weights.slice().fill(Number.NaN) };
    expect(() => encodeOnnx({ ...model, parameters: lost })).toThrow("not all finite");
  });
});

function largestDifference(found: ArrayLike<number | bigint>, expected: ArrayLike<number>): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(...Array.from(found, (value, at) => Math.abs(Number(value) - (expected[at] ?? Number.NaN))));
}

interface Ort {
  readonly InferenceSession: { create(model: Uint8Array): Promise<{ run(feeds: object): Promise<Outputs> }> };
  readonly Tensor: new (type: string, data: Uint8Array, dims: readonly number[]) => object;
}

type Outputs = Readonly<
  Record<string, { readonly data: ArrayLike<number | bigint>; readonly dims: readonly number[] } | undefined>
>;

/** It takes 290 MB, so that it isn't among the dependencies: CONTRIBUTING.md says how it is had. */
function onnxRuntime(): Ort | undefined {
  try {
    return createRequire(join(process.env.ONNXRUNTIME_DIR ?? import.meta.dirname, "here.js"))(
      "onnxruntime-node",
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    process.stderr.write("onnxruntime-node is missing: the test that it computes the same is skipped.\n");
    return undefined;
  }
}

function hasPython(): boolean {
  const found = spawnSync("python3", ["--version"]).status === 0;
  if (!found) process.stderr.write("python3 is missing: the test that it reads ONNX models is skipped.\n");
  return found;
}

interface Read {
  readonly labels: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly inputs: unknown;
  readonly outputs: unknown;
  readonly irVersion: number;
  readonly operatorSet: number;
}

function runPython(models: readonly Uint8Array[]): readonly Read[] {
  const home = mkdtempSync(join(tmpdir(), "trainscope-onnx-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const paths = models.map((model, index) => {
    const path = join(home, `${index}.onnx`);
    writeFileSync(path, model);
    return path;
  });
  writeFileSync(join(home, "images"), images);
  const program = join(import.meta.dirname, "../../fixtures/run-onnx.py");
  const { stdout, stderr } = spawnSync("python3", [program, join(home, "images"), ...paths], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as readonly Read[];
}
