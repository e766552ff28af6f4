// Pickles that ask for too much: what they get is a sentence.
import { expect, it } from "vitest";
import { readContents } from "../read-contents.ts";
import { unpickle } from "./unpickle.ts";

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

const withLabel = (label: Buffer): Buffer => {
  const data = arrayOf("abc", "K\x01K\x03\x86");
  return pickled("}", text("data"), data, "s", text("labels"), "](", label, "es.");
};

it("a label of lists of references, which is gigabytes as one text, is told in few words", () => {
  const memo = (i: number): string => String.fromCharCode(i);
  const lists = Array.from({ length: 9 }, (_, i) => `](${`h${memo(i)}`.repeat(10)}eq${memo(i + 1)}0`);
  const label = Buffer.from(`]q${memo(0)}0${lists.join("")}h${memo(9)}`, "latin1");
  expect(refusal(withLabel(label))).toBe("train: label 0 is an array; expected a whole number of at least 0");
});

it("a label that would write to the terminal is told as a text, escaped and cut", () => {
  const told = refusal(withLabel(text("\x1b]0;mine\x07")));
  expect(told).toContain('label 0 is "\\u001b]0;mine\\u0007"');
  expect(refusal(withLabel(text("x".repeat(200)))).length).toBeLessThan(130);
});

it("a text that is encoded over and over is refused before it takes memory", () => {
  const kept = `c_codecs\nencode\nq\x03X\xe8\x03\0\0${"a".repeat(1000)}q\x01X\x06\0\0\0latin1q\x02`;
  const calls = "h\x03h\x01h\x02\x86R".repeat(20);
  expect(refusal(pickled(Buffer.from(`${kept}${calls}.`, "latin1")))).toMatch(
    /^train, at byte [\d,]+: the pickle encodes its texts to more bytes than it has itself$/,
  );
});

it("long bytes are no key: a text would be made of them at each use", () => {
  const key = Buffer.concat([Buffer.from("T\xd0\x07\0\0", "latin1"), Buffer.alloc(2000, "k")]);
  const value = unpickle(pickled("}", key, "K\x01s."), "train");
  if (!(value instanceof Map)) expect.unreachable();
  expect([...value.keys()].map((one) => typeof one)).toEqual(["object"]);
});
