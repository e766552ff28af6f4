import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { NO_LABEL, readLabel, writeLabel } from "./label.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-label-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("any name and tags are read back as they were written, and nothing else is left there", async () => {
  expect(await readLabel(home)).toEqual(NO_LABEL);
  const labels = fc.record({ name: fc.option(fc.string()), tags: fc.array(fc.string()) });
  await fc.assert(
    fc.asyncProperty(labels, async (label) => {
      await writeLabel(home, label);
      expect(await readLabel(home)).toEqual(label);
    }),
    { numRuns: 20 },
  );
  expect(readdirSync(home)).toEqual(["label.json"]);
});

it.each([
  ["{", "it is no JSON: "],
  ["null", "it is null; expected an object"],
  ['{"v":2}', "v is 2; expected 1"],
  ['{"v":1,"tags":[]}', "name is missing; expected a string or null"],
  ['{"v":1,"name":null,"tags":[1]}', "tags[0] is 1; expected a string"],
])("%s is refused as damaged", async (text, reason) => {
  writeFileSync(join(home, "label.json"), text);
  await expect(readLabel(home)).rejects.toMatchObject({
    code: "BAD_DATA",
    message: expect.stringContaining(`${join(home, "label.json")} is damaged: ${reason}`),
  });
});
