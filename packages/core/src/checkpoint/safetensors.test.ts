import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "./safetensors.ts";

/** A file put together by hand: the header's length, the header, the data. */
function fileOf(header: unknown, data: readonly number[] = [], length?: number): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const bytes = new TextEncoder().encode(text);
  return Uint8Array.of(length ?? bytes.length, 0, 0, 0, 0, 0, 0, 0, ...bytes, ...data);
}

/** Made once by a writer of the format in NumPy. */
const NUMPY_FILE =
  "8AAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJlcG9jaCI6IjEyIiwibm90ZSI6Is63ID0gMCwwMDEifSwid2VpZ2h0cyI6eyJkdHlwZSI6IkY2NCIsInNo" +
  "YXBlIjpbMiwzXSwiZGF0YV9vZmZzZXRzIjpbMCw0OF19LCJiaWFzZXMiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls0" +
  "OCw1Nl19LCJlbXB0eSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCwzXSwiZGF0YV9vZmZzZXRzIjpbNTYsNTZdfX0gICAgICCamZmZmZm5PwAAAAAA" +
  "AATAWfP4wh9upQEAAAAAAADwfwAAAAAAAACAGC1EVPshCUDNzMw95rFh/w==";
const NUMPY_TENSORS = {
  weights: { shape: [2, 3], data: Float64Array.of(0.1, -2.5, 1e-300, Number.POSITIVE_INFINITY, -0, Math.PI) },
  biases: { shape: [2], data: Float32Array.of(0.1, -3e38) },
  empty: { shape: [0, 3], data: new Float32Array(0) },
};
const NUMPY_METADATA = { epoch: "12", note: "η = 0,001" };

describe("safetensors", () => {
  it("reads and writes the very bytes that NumPy does", () => {
    const bytes = Uint8Array.from(atob(NUMPY_FILE), (character) => character.charCodeAt(0));
    expect(decodeSafetensors(bytes)).toEqual({ tensors: NUMPY_TENSORS, metadata: NUMPY_METADATA });
    expect([...encodeSafetensors({ tensors: NUMPY_TENSORS, metadata: NUMPY_METADATA })]).toEqual([...bytes]);
  });

  it("reads a file put together by hand: tensors in any order, no metadata, unaligned, a single number", () => {
    const header = {
      one: { dtype: "F32", shape: [], data_offsets: [4, 8] },
      two: { dtype: "F32", shape: [1, 1], data_offsets: [0, 4] },
    };
    // 1.5 is 0x3FC00000, -2 is 0xC0000000.
    const file = fileOf(header, [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]);
    expect(decodeSafetensors(file)).toEqual({
      tensors: {
        one: { shape: [], data: Float32Array.of(-2) },
        two: { shape: [1, 1], data: Float32Array.of(1.5) },
      },
      metadata: {},
    });
    // The same within a larger buffer.
    const within = Uint8Array.of(9, 9, 9, ...file).subarray(3);
    expect(decodeSafetensors(within)).toEqual(decodeSafetensors(file));
  });

  it("any tensors come back as they were, each aligned to its numbers", () => {
    const tensor = fc
      .tuple(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), fc.boolean(), fc.double())
      .map(([shape, isDouble, value]): Tensor => {
        const size = shape.reduce((product, length) => product * length, 1);
        return { shape, data: (isDouble ? new Float64Array(size) : new Float32Array(size)).fill(value) };
      });
    const names = fc.string({ unit: "grapheme" }).filter((name) => name !== "__metadata__");
    fc.assert(
      fc.property(
        fc.dictionary(names, tensor),
        fc.dictionary(fc.string(), fc.string()),
        (tensors, metadata) => {
          const bytes = encodeSafetensors({ tensors, metadata });
          expect(decodeSafetensors(bytes)).toEqual({ tensors, metadata });
          const header = Number(new DataView(bytes.buffer).getBigUint64(0, true));
          expect(header % 8).toBe(0);
        },
      ),
    );
  });

  const whole = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  it.each([
    [new Uint8Array(5), "it has 5 bytes; the length of its header alone takes 8"],
    [fileOf("{}", [], 200), "its header should have 200 bytes; 2 follow"],
    [fileOf("{"), "its header is no JSON"],
    [fileOf("[]"), "its header is no JSON object"],
    [fileOf({ a: 1 }), 'tensor "a" is of type undefined; expected F32 or F64'],
    [fileOf({ a: { ...whole, dtype: "BF16" } }), 'tensor "a" is of type "BF16"'],
    [fileOf({ a: { ...whole, shape: [-1] } }), 'tensor "a" has the shape [-1]'],
    [fileOf({ a: { ...whole, data_offsets: [0] } }), 'tensor "a" is at [0]'],
    [fileOf({ a: { ...whole, shape: [2] } }), 'tensor "a" has 4 bytes; its shape [2] has 8'],
    [fileOf({ a: { ...whole, data_offsets: [4, 8] } }), 'tensor "a" begins at byte 4; expected 0'],
    [fileOf({ a: whole, b: whole }, [0, 0, 0, 0]), 'tensor "b" begins at byte 0; expected 4'],
    [fileOf({ a: whole }, [0, 0]), "its tensors have 4 bytes; 2 follow the header"],
    [fileOf({ a: whole }, [0, 0, 0, 0, 0]), "its tensors have 4 bytes; 5 follow the header"],
    [fileOf({ __metadata__: { a: 1 } }), "its metadata are no strings by name"],
  ])("refuses a damaged file: case %#", (file, reason) => {
    expect(() => decodeSafetensors(file)).toThrow(
      expect.objectContaining({ code: "BAD_DATA", message: expect.stringContaining(reason) }),
    );
  });

  it("a file cut short anywhere is refused", () => {
    const bytes = encodeSafetensors({ tensors: NUMPY_TENSORS, metadata: NUMPY_METADATA });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow("not a whole safetensors file");
    }
  });

  it("does not write a tensor whose shape is not that of its numbers", () => {
    const tensors = { a: { shape: [2, 2], data: new Float32Array(3) } };
    expect(() => encodeSafetensors({ tensors, metadata: {} })).toThrow(
      'tensor "a" has 3 numbers; its shape [2,2] has 4',
    );
  });
});
