import { expect, it } from "vitest";
import { parseOptions } from "./options.ts";

it.each([
  ["--only", "a,z", '--only has "z"'],
  ["--rounds", "0", '--rounds is "0"'],
  ["--rounds", "1e3", '--rounds is "1e3"'],
  ["--runs", "-1", "--runs"],
  ["--threads", "1,x", '--threads is "x"'],
  ["--peers", "matlab", '--peers has "matlab"'],
  ["--engine", "steam", '--engine is "steam"'],
  ["--engine", "toString", '--engine is "toString"'],
  ["--colour", "blue", "--colour"],
])("%s %s is refused by name", (name, value, message) => {
  expect(() => parseOptions([name, value])).toThrow(
    expect.objectContaining({ code: "BAD_OPTION", message: expect.stringContaining(message) }),
  );
});

it("what isn't given has its default, less of it with --quick", () => {
  expect(parseOptions([])).toMatchObject({ rounds: 15, runs: 3, isQuick: false });
  expect(parseOptions(["--quick"])).toMatchObject({ rounds: 2, runs: 1, isQuick: true });
  expect(parseOptions(["--help"])).toBeUndefined();
});
