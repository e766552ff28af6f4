import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Checkpoint } from "@trainscope/core";
import { decodeSafetensors } from "@trainscope/core/safetensors";
import { unzipSync } from "fflate";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkpointAt, parametersOf } from "../checkpoints/testing/checkpoint.ts";
import { encodeNpy, encodeTexts } from "./npy.ts";
import { encodeParameters } from "./parameters-file.ts";

const WEIGHTS = [0.1, -0, 1e-30, 3.4e38, Number.NaN, Number.NEGATIVE_INFINITY];
const single = checkpointAt(3, {
  parameters: parametersOf(Float32Array.from(WEIGHTS), Float32Array.of(0.25, -0.25)),
});
const double = checkpointAt(3, {
  parameters: parametersOf(Float64Array.from(WEIGHTS), Float64Array.of(0.25, -0.25)),
});

describe("encodeNpy", () => {
  it("is laid out as the format says: magic, version, length, a Python dict padded to 64 bytes, the numbers", () => {
    const bytes = Buffer.from(encodeNpy({ shape: [2, 3], data: Float32Array.from(WEIGHTS) }));
    expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x93NUMPY\x01\x00");
    expect(bytes.readUInt16LE(8)).toBe(128 - 10);
    const header = bytes.subarray(10, 128).toString("latin1");
    expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    expect(header.endsWith(" \n")).toBe(true);
    expect(bytes).toHaveLength(128 + 24);
    expect(WEIGHTS.map((_, index) => bytes.readFloatLE(128 + 4 * index))).toEqual(WEIGHTS.map(Math.fround));
  });

  it("a shape of one number is a Python tuple, too; a header that just fits grows by no block", () => {
    const text = (shape: readonly number[], data: Float64Array) =>
      Buffer.from(encodeNpy({ shape, data })).toString("latin1");
    expect(text([1], Float64Array.of(1))).toContain(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
    );
    for (let digits = 1; digits < 80; digits++) {
      // Shapes of growing length: 1 x 1 x ... x 1.
      const encoded = text(Array(digits).fill(1), Float64Array.of(1));
      const start = encoded.indexOf("\n") + 1;
      expect(start % 64).toBe(0);
      expect(encoded.length).toBe(start + 8);
      expect(encoded.slice(0, start).trimEnd().length).toBeGreaterThanOrEqual(start - 64);
    }
  });
});

describe("encodeParameters", () => {
  it("as npz has the two arrays and the loss, and the same bytes each time, whatever the time and its zone", () => {
    const bytes = encodeParameters(single, "npz");
    const { weights, biases } = single.parameters;
    expect(unzipSync(bytes)).toEqual({
      "weights.npy": encodeNpy({ shape: [2, 3], data: weights }),
      "biases.npy": encodeNpy({ shape: [2], data: biases }),
      "loss.npy": encodeTexts("softmax"),
    });
    // In the local header of the first file: stored, at midnight of 1 January 1980 (APPNOTE.TXT, 4.3.7).
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect([view.getUint16(8, true), view.getUint16(10, true), view.getUint16(12, true)]).toEqual([0, 0, 0x21]);
    expect(encodeParameters(single, "npz")).toEqual(bytes);
  });

  it("as safetensors has the two tensors, and which run and epoch they are of", () => {
    for (const checkpoint of [single, double]) {
      const { weights, biases } = checkpoint.parameters;
      expect(decodeSafetensors(encodeParameters(checkpoint, "safetensors"))).toEqual({
        tensors: { weights: { shape: [2, 3], data: weights }, biases: { shape: [2], data: biases } },
        metadata: { runId: "run", epoch: "3", batch: "4", loss: "softmax" },
      });
    }
  });

  it("a model that says what its parameters mean is whole in either file", () => {
    const classNames = ["Zwölf 😀", "dog"];
    const statistics = { means: Float64Array.of(1, 2, 3), deviations: Float64Array.of(0.5, 5e-324, 9) };
    const shape = { width: 3, height: 1, channels: 1 };
    const whole = { ...single, model: { statistics, classNames, shape } };
    const { tensors, metadata } = decodeSafetensors(encodeParameters(whole, "safetensors"));
    expect([tensors.means?.data, tensors.deviations?.data]).toEqual([statistics.means, statistics.deviations]);
    expect([metadata.classNames, metadata.shape].map((text) => JSON.parse(text ?? ""))).toEqual([
      classNames,
      shape,
    ]);
    expect(metadata.takes).toBe(undefined);
    const ofFeatures = { ...single, model: { ...whole.model, takes: "features" as const } };
    expect(decodeSafetensors(encodeParameters(ofFeatures, "safetensors")).metadata.takes).toBe("features");
    const names = unzipSync(encodeParameters(whole, "npz"))["class_names.npy"] ?? new Uint8Array();
    expect(Buffer.from(names).toString("latin1")).toContain(
      "{'descr': '<U7', 'fortran_order': False, 'shape': (2,), }",
    );
    if (!hasNumpy()) return;
    const told = runNumpy(
      whole,
      'print(json.dumps([z["class_names"].tolist(), z["image_shape"].tolist(), z["deviations"].tolist()]))',
    );
    expect(told).toEqual([classNames, [1, 1, 3], [...statistics.deviations]]);
    const texts = 'print(json.dumps([z["loss"].item(), z["takes"].item()]))';
    expect(runNumpy(whole, texts)).toEqual(["softmax", "bytes"]);
    expect(runNumpy(ofFeatures, texts)).toEqual(["softmax", "features"]);
  });

  it.skipIf(!hasNumpy())("NumPy reads the npz, bit by bit", () => {
    expect(readByNumpy(single)).toEqual({ ...seen(single), types: ["float32", "float32"] });
    expect(readByNumpy(double)).toEqual({ ...seen(double), types: ["float64", "float64"] });
  });
});

function hasNumpy(): boolean {
  const found = spawnSync("python3", ["-c", "import numpy"]).status === 0;
  if (!found) process.stderr.write("NumPy is missing: the test that it reads what is exported is skipped.\n");
  return found;
}

function seen({ parameters: { weights, biases } }: Checkpoint) {
  const hex = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array) =>
    Buffer.from(buffer, byteOffset, byteLength).toString("hex");
  return { shapes: [[2, 3], [2]], bytes: [weights, biases].map(hex) };
}

function readByNumpy(checkpoint: Checkpoint): unknown {
  return runNumpy(
    checkpoint,
    `
arrays = [z[name] for name in ["weights", "biases"]]
print(json.dumps({"shapes": [a.shape for a in arrays],
                  "types": [str(a.dtype) for a in arrays], "bytes": [a.tobytes().hex() for a in arrays]}))`,
  );
}

/** Runs Python where `z` is what NumPy reads of the exported file, and gives the JSON that it prints. */
function runNumpy(checkpoint: Checkpoint, program: string): unknown {
  const home = mkdtempSync(join(tmpdir(), "trainscope-npz-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const path = join(home, "a.npz");
  writeFileSync(path, encodeParameters(checkpoint, "npz"));
  const script = `import json, sys, numpy\nz = numpy.load(sys.argv[1])\n${program}`;
  const { stdout, stderr } = spawnSync("python3", ["-c", script, path], { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}
