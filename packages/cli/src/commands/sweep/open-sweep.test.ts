import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTinyDataset } from "@trainscope/core/testing";
import { expect, it, onTestFinished } from "vitest";
import { definitionIn, openSweep } from "./open-sweep.ts";
import { findSweepFolder } from "./sweep-folder.ts";

const images = { dataset: createTinyDataset(), fingerprint: "these" };
const narrow = { learningRate: { kind: "choice", values: [0.1] } } as const;
const wide = { learningRate: { kind: "choice", values: [0.1, 0.2] } } as const;

/** A folder that was found while it was empty, and in which another process has begun a sweep since. */
async function begunMeanwhile(): Promise<string> {
  const path = mkdtempSync(join(tmpdir(), "trainscope-sweep-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const before = definitionIn(await findSweepFolder(path), { space: narrow });
  expect(before.space).toEqual(narrow);
  const { folder } = await openSweep(path, { space: wide, strategy: "grid" }, images);
  await folder.append({ candidate: 0, epochs: 40, known: 0, point: { learningRate: 0.1 } });
  return path;
}

it("edits what the folder has once it is held, not what it had when the flags were read", async () => {
  const path = await begunMeanwhile();
  const { folder, definition } = await openSweep(path, { seeds: 2 }, images);
  expect(definition).toMatchObject({ space: wide, strategy: "grid", seeds: 2 });
  expect(folder.issued).toHaveLength(1);
  expect((await findSweepFolder(path)).stored?.definition).toEqual(definition);
});

it("refuses what doesn't fit to a sweep that was begun meanwhile, and changes nothing", async () => {
  const path = await begunMeanwhile();
  const before = readFileSync(join(path, "sweep.json"), "utf8");
  const others = { ...images, fingerprint: "others" };
  await expect(openSweep(path, {}, others)).rejects.toThrow(
    "was trained on other images: tiny, not these of tiny",
  );
  await expect(openSweep(path, { settings: { epochs: 3 } }, images)).rejects.toThrow(
    "epochs is 3; the sweep in",
  );
  expect(readFileSync(join(path, "sweep.json"), "utf8")).toBe(before);
});
