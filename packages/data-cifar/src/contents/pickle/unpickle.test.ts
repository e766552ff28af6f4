// Pickles that ask for too much: what they get is a sentence.
import { expect, it } from "vitest";
import { readContents } from "../read-contents.ts";

const text = (value: string): Buffer => Buffer.concat([Buffer.from([0x55, value.length]), Buffer.from(value)]);
const pickled = (...parts: readonly (Buffer | string)[]): Buffer =>
  Buffer.concat([Buffer.from([0x80, 2]), ...parts.map((part) => Buffer.from(part))]);
const refusal = (bytes: Buffer): string => {
  try {
    readContents(bytes, "train");
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return expect.unreachable();
};

it("values without end are ended", () => {
  expect(refusal(pickled("N".repeat(2_100_000), "."))).toBe(
    "train, at byte 2,000,000: the pickle goes on after 2,000,000 steps",
  );
});

const arrayOf = (bytes: string, shape: string): Buffer =>
  Buffer.concat([
    Buffer.from("cnumpy._core.numeric\n_frombuffer\n("),
    text(bytes),
    Buffer.from("cnumpy\ndtype\n"),
    text("u1"),
    Buffer.from("K\0K\x01\x87R", "latin1"),
    Buffer.from(shape, "latin1"),
    Buffer.from("X\x01\0\0\0CtR"),
  ]);

it("an array of thousands of dimensions is told in few words", () => {
  const array = arrayOf("a", `(${"K\x01".repeat(10_000)}t`);
  expect(refusal(pickled("}", text("data"), array, "s."))).toMatch(
    /^train, at byte [\d,]+: it has an array of 10,000 dimensions$/,
  );
});

it("labels that are lists in lists in lists are told as no numbers", () => {
  const deep = `(${"(".repeat(100_000)}${"l".repeat(100_000)}l`;
  const data = arrayOf("abc", "K\x01K\x03\x86");
  expect(refusal(pickled("}", text("data"), data, "s", text("labels"), deep, "s."))).toBe(
    "train: label 0 is an array; expected a whole number of at least 0",
  );
});
