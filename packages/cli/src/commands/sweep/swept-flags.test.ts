import { InvalidArgumentError } from "commander";
import { expect, it } from "vitest";
import { dimensionReader, SWEPT_FLAGS, type SweptFlag } from "./swept-flags.ts";

const read = (name: string, text: string) =>
  dimensionReader(SWEPT_FLAGS.find((flag) => flag.name === name) as SweptFlag)(text);

it("reads choices and ranges, of whole numbers as such", () => {
  expect(read("eta", "0.1,1e-3")).toEqual({ kind: "choice", values: [0.1, 1e-3] });
  expect(read("lambda", "linear:0..0.5/3")).toMatchObject({ kind: "linear", from: 0, to: 0.5, points: 3 });
  expect(read("batch", "log:10..1000")).toMatchObject({ kind: "log", from: 10, to: 1000, whole: true });
  expect(read("schedule", "constant,step:1:0.5")).toMatchObject({ kind: "choice" });
});

// commander adds the flag's name and the argument.
it.each([
  ["eta", "1e-3..1", '"1e-3..1" is no range that can be searched'],
  ["eta", "0,1", "Expected a number above 0."],
  ["eta", "linear:0..1", "Expected a number above 0."],
  ["flip", "linear:0..2", "Expected a probability from 0 to 1."],
  ["noise", "linear:0..300", "Expected a whole number from 0 to 127."],
  ["loss", "hinge", "Expected one of softmax"],
])("--%s %s is a wrong argument", (name, text, message) => {
  expect(() => read(name, text)).toThrow(InvalidArgumentError);
  expect(() => read(name, text)).toThrow(message);
});

it.each([
  ["eta", "log:0..1", "--eta has the bound 0; expected a number above 0 in a logarithmic range"],
  ["eta", "log:1..0.1", "--eta goes from 1 to 0.1; expected the smaller number first"],
  ["noise", "linear:0..2.5", "--noise has the bound 2.5; expected a whole number"],
  ["eta", "0.1,0.1", "--eta has the value 0.1 twice"],
  ["lambda", "linear:0..1/1", "--lambda has 1 points; expected a whole number of at least 2"],
])("--%s %s is told by the flag's name, not the setting's", (name, text, message) => {
  expect(() => read(name, text)).toThrow(`search space: ${message}`);
});
