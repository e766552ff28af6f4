import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch, encodeBatch } from "./decode.ts";
import { IMAGE_BYTES, RECORD_BYTES } from "./layout.ts";

/** A batch whose pixels are drawn too, cheaply: a whole picture is made from its first bytes. */
const batches = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.uint8Array({ minLength: 7, maxLength: 7 })), {
    maxLength: 4,
  })
  .map((records) => ({
    labels: Uint8Array.from(records, ([label]) => label),
    images: Uint8Array.from({ length: records.length * IMAGE_BYTES }, (_, i) => {
      const seed = records[Math.floor(i / IMAGE_BYTES)]?.[1];
      return seed?.[i % 7] ?? 0;
    }),
  }));

const oneRecord = (label: number) =>
  Uint8Array.from({ length: RECORD_BYTES }, (_, i) => (i === 0 ? label : i % 251));

describe("decodeBatch", () => {
  it("gives back what encodeBatch was given", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        expect(decodeBatch(encodeBatch(batch), "a.bin", batch.labels.length)).toEqual(batch);
      }),
      { numRuns: 30 },
    );
  });

  it("takes the first byte as the label, then 1,024 red, green and blue values in rows", () => {
    const bytes = oneRecord(7);
    const { labels, images } = decodeBatch(bytes, "a.bin", 1);
    expect([...labels]).toEqual([7]);
    expect(images[0]).toBe(bytes[1]);
    expect(images[1024]).toBe(bytes[1025]);
    expect(images[3071]).toBe(bytes[3072]);
  });

  it("copies: a later change of the file's bytes doesn't reach the pictures", () => {
    const bytes = oneRecord(0);
    const { images } = decodeBatch(bytes, "a.bin", 1);
    bytes.fill(0);
    expect(images[4]).toBe(5);
  });

  it("refuses a file cut off at any byte", () => {
    const whole = new Uint8Array(2 * RECORD_BYTES);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(() => decodeBatch(whole.subarray(0, length), "a.bin", 2)).toThrow(
          expect.objectContaining({ code: "BAD_DATA" }),
        );
      }),
    );
  });

  it("takes any whole number of records where it isn't told how many", () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: RECORD_BYTES - 1 }), (batch, more) => {
        const bytes = encodeBatch(batch);
        expect(decodeBatch(bytes, "a.bin")).toEqual(batch);
        const longer = new Uint8Array(bytes.length + more);
        longer.set(bytes);
        expect(() => decodeBatch(longer, "a.bin")).toThrow(
          /expected a whole number of records of 3,073 bytes$/,
        );
      }),
      { numRuns: 30 },
    );
  });

  it("says the found and the expected size", () => {
    expect(() => decodeBatch(new Uint8Array(1234), "data_batch_3.bin", 10_000)).toThrow(
      "data_batch_3.bin is 1,234 bytes; expected 30,730,000 (10,000 records of 3,073 bytes)",
    );
  });

  it("refuses a label of 10 or more and says in which record", () => {
    const bytes = Buffer.concat([oneRecord(9), oneRecord(10)]);
    expect(() => decodeBatch(bytes, "test_batch.bin", 2)).toThrow(
      expect.objectContaining({
        code: "BAD_DATA",
        message: "test_batch.bin: record 1 (counted from 0) has label 10; expected 0 to 9",
      }),
    );
  });
});
