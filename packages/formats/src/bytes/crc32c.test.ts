import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32c, maskedCrc32c } from "./crc32c.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("crc32c", () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of CRCs.
  it.each([
    ["32 zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["0 to 31", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ["31 to 0", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
    ["123456789", ascii("123456789"), 0xe3069283],
    ["nothing", new Uint8Array(0), 0],
  ])("of %s is the published one", (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it("of pieces goes on where it stood", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (one, other) => {
        expect(crc32c(other, crc32c(one))).toBe(crc32c(Uint8Array.from([...one, ...other])));
      }),
    );
  });

  it("is masked as LevelDB does it: rotated, and a constant added", () => {
    expect(maskedCrc32c(ascii("foo"))).not.toBe(crc32c(ascii("foo")));
    // The header of a TFRecord of 24 bytes, as TensorFlow writes it at the start of each event file.
    expect(maskedCrc32c(Uint8Array.of(24, 0, 0, 0, 0, 0, 0, 0))).toBe(0x224b7fa3);
  });
});
