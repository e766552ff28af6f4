import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { encodeCheckpoint } from "@trainscope/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listCheckpoints, pruneCheckpoints, readCheckpoint, setAsideLater } from "./checkpoints.ts";
import { checkpointAt } from "./testing/checkpoint.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-checkpoints-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(...names: readonly string[]): readonly string[] {
  mkdirSync(join(home, "checkpoints"), { recursive: true });
  for (const name of names) writeFileSync(join(home, "checkpoints", name), "");
  return names.map((name) => join(home, "checkpoints", name));
}

it("those behind the one that a run goes on from are set aside, and are none of its checkpoints any more", async () => {
  const names = ["epoch-0002.safetensors", "epoch-0003-batch-0002.safetensors", "epoch-0003.safetensors"];
  const [, standing] = put(...names, "parent.safetensors");
  const left = () => readdirSync(join(home, "checkpoints")).sort();
  await setAsideLater(home, standing);
  expect(left()).toEqual([...names.slice(0, 2), "parent.safetensors", "unused-epoch-0003.safetensors"]);
  expect(await listCheckpoints(home)).toHaveLength(2);
  await setAsideLater(home, undefined);
  expect(left()).toEqual(["parent.safetensors", ...names.map((name) => `unused-${name}`).sort()]);
});

describe("listCheckpoints", () => {
  it("has them in the order they were made in, whole epochs after their batches, and nothing else", async () => {
    expect(await listCheckpoints(home)).toEqual([]);
    const names = [
      "epoch-0002.safetensors",
      "epoch-0003-batch-0002.safetensors",
      "epoch-0003-batch-0010.safetensors",
      "epoch-0003.safetensors",
      "epoch-9999.safetensors",
      "epoch-10000.safetensors",
    ];
    put(...names.toReversed(), "epoch-0001.safetensors.0a1b2c3d.tmp", "notes.txt");
    const found = await listCheckpoints(home);
    expect(found.map(({ path }) => relative(join(home, "checkpoints"), path))).toEqual(names);
    expect(found.map(({ epoch, batch }) => [epoch, batch])).toEqual([
      [2, undefined],
      [3, 2],
      [3, 10],
      [3, undefined],
      [9999, undefined],
      [10_000, undefined],
    ]);
  });
});

describe("readCheckpoint", () => {
  it("gives what was written, and names a file that is damaged or missing", async () => {
    const [path = ""] = put("epoch-0003.safetensors");
    const checkpoint = checkpointAt(3);
    const bytes = await encodeCheckpoint(checkpoint);
    writeFileSync(path, bytes);
    expect(await readCheckpoint(path)).toEqual(checkpoint);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const refusal = {
      code: "BAD_DATA",
      message: expect.stringContaining(`can't use the checkpoint ${path}: `),
    };
    await expect(readCheckpoint(path)).rejects.toMatchObject(refusal);
    rmSync(path);
    await expect(readCheckpoint(path)).rejects.toMatchObject(refusal);
  });
});

describe("pruneCheckpoints", () => {
  it("removes all but the newest, the best, and those that were asked for", async () => {
    const all = Array.from({ length: 9 }, (_, index) => `epoch-000${index + 1}.safetensors`);
    const subset = fc.subarray(all);
    await fc.assert(
      fc.asyncProperty(
        subset,
        subset,
        fc.nat(10),
        fc.option(fc.constantFrom(...all)),
        async (there, pinned, keepLast, best) => {
          rmSync(join(home, "checkpoints"), { recursive: true, force: true });
          put(...there, "notes.txt");
          const removed = await pruneCheckpoints(home, {
            keepLast,
            best: best === null ? undefined : `/elsewhere/${best}`,
            pinned: new Set(pinned.map((name) => join(home, "checkpoints", name))),
          });
          const kept = there.filter(
            (name, index) => index >= there.length - keepLast || name === best || pinned.includes(name),
          );
          expect(readdirSync(join(home, "checkpoints")).sort()).toEqual([...kept, "notes.txt"]);
          expect(removed).toHaveLength(there.length - kept.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
