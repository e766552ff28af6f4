import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ownMark } from "../files/process-mark.ts";
import { readLabel, updateLabel, writeLabel } from "./label.ts";
import { NO_LABEL } from "./label-file.ts";

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

/** A process that was there, and is no more. */
const gonePid = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));

const tagged = (tag: string) => updateLabel(home, (label) => ({ ...label, tags: [...label.tags, tag] }));

it("of changes at once none is lost, and no lock is left", async () => {
  const tags = Array.from({ length: 30 }, (_, index) => `tag-${index}`);
  await Promise.all(tags.map(tagged));
  expect([...(await readLabel(home)).tags].sort()).toEqual([...tags].sort());
  expect(readdirSync(home)).toEqual(["label.json"]);
});

it("of changes by many processes at once none is lost", async () => {
  const module = JSON.stringify(join(import.meta.dirname, "label.ts"));
  const script = `
    const { updateLabel } = await import(${module});
    for (const number of [1, 2, 3]) {
      const tag = process.pid + "-" + number;
      await updateLabel(${JSON.stringify(home)}, (label) => ({ ...label, tags: [...label.tags, tag] }));
    }`;
  const flags = ["--conditions=@trainscope/source", "--input-type=module", "--eval", script];
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, flags, { stdio: "inherit" }));
  const ended = await Promise.all(children.map(async (child) => (await once(child, "close"))[0]));
  expect(ended).toEqual([0, 0, 0, 0]);
  const expected = children.flatMap(({ pid }) => [1, 2, 3].map((number) => `${pid}-${number}`));
  expect([...(await readLabel(home)).tags].sort()).toEqual(expected.sort());
});

it("the lock of a process that was killed is removed, that of one that lives is waited for", async () => {
  const lock = join(home, "label.json.lock");
  writeFileSync(lock, JSON.stringify({ ...ownMark(), pid: gonePid }));
  await Promise.all(["a", "b", "c"].map(tagged));
  expect([...(await readLabel(home)).tags].sort()).toEqual(["a", "b", "c"]);

  writeFileSync(lock, JSON.stringify(ownMark()));
  const waiting = tagged("d");
  expect(await Promise.race([waiting, setTimeout(200, "waits")])).toBe("waits");
  rmSync(lock);
  expect((await waiting).tags).toContain("d");
  expect(readdirSync(home)).toEqual(["label.json"]);
});

it("a change that fails leaves the label as it was, and no lock", async () => {
  await writeLabel(home, { name: "a", tags: [] });
  const failing = updateLabel(home, () => {
    throw new RangeError("no");
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await readLabel(home)).toEqual({ name: "a", tags: [] });
  expect(readdirSync(home)).toEqual(["label.json"]);
});
