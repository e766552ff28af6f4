import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { commandLine } from "./command-line.ts";

it("leaves plain words as they are and quotes the others", () => {
  expect(commandLine(["report", "--data", "/tmp/my data", "--title", "it's"])).toBe(
    `trainscope report --data '/tmp/my data' --title 'it'\\''s'`,
  );
  expect(commandLine([""])).toBe("trainscope ''");
});

it("a shell reads the words that were given", () => {
  const words = fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 12 }), { maxLength: 4 });
  fc.assert(
    fc.property(words, (args) => {
      const shown = commandLine(args).replace(/^trainscope/, "printf '%s\\0'");
      const read = execFileSync("sh", ["-c", args.length === 0 ? ":" : shown], { encoding: "utf8" });
      expect(read.split("\0").slice(0, -1)).toEqual(args);
    }),
    { numRuns: 30 },
  );
});
