import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createTinyDataset } from "@trainscope/core/testing";
import { exclusively } from "@trainscope/runs/files";
import { expect, it, onTestFinished } from "vitest";
import type { SweepChanges, SweepDefinition } from "./definition.ts";
import { editRunningSweep, openLiveDefinition } from "./live-edit.ts";
import { openSweep } from "./open-sweep.ts";
import { findSweepFolder } from "./sweep-folder.ts";

const images = { dataset: createTinyDataset(), fingerprint: "these" };
const NARROW: SweepChanges = { space: { learningRate: { kind: "choice", values: [0.1] } }, budget: 4 };
const WIDE: SweepChanges = { space: { learningRate: { kind: "choice", values: [0.1, 0.2] } }, budget: 6 };

/** A sweep that this process runs while the body goes on. */
async function whileRunning(
  body: (sweep: {
    readonly path: string;
    readonly edits: SweepDefinition[];
    readonly told: string[];
    readonly look: () => Promise<void>;
    readonly edit: (changes: SweepChanges, of?: typeof images) => Promise<string | undefined>;
  }) => Promise<void>,
): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), "trainscope-sweep-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  await exclusively(join(path, "sweep.lock"), async () => {
    const edits: SweepDefinition[] = [];
    const told: string[] = [];
    const tell = (line: string): void => void told.push(line);
    const { folder, definition } = await openSweep(path, NARROW, images);
    const live = openLiveDefinition({ folder, definition, onEdit: (edited) => void edits.push(edited), tell });
    try {
      const edit = (changes: SweepChanges, of = images) => editRunningSweep(path, changes, of, tell);
      await body({ path, edits, told, look: live.look, edit });
    } finally {
      live.close();
    }
  });
}

const storedIn = async (path: string) => (await findSweepFolder(path)).stored?.definition;

it("is taken up, kept, and told by both sides, also where two ask at once", async () => {
  await whileRunning(async ({ path, edits, told, edit }) => {
    const said = await Promise.all([edit(WIDE), edit({ reduction: 4 })]);
    expect(said.toSorted()).toEqual(["budget 4, now 6; eta 0.1, now 0.1,0.2", "reduction 3, now 4"]);
    expect(edits).toHaveLength(2);
    expect(edits.at(-1)).toMatchObject({ ...WIDE, reduction: 4, strategy: "random" });
    expect(await storedIn(path)).toEqual(edits.at(-1));
    expect([told, existsSync(join(path, "edit.json"))]).toEqual([[], false]);
  });
});

it.each<[string, SweepChanges, string]>([
  ["another strategy", { strategy: "tpe" }, '--strategy is "tpe"; the sweep that runs in '],
  ["more seeds", { seeds: 2 }, "--seeds is 2; the sweep that runs in "],
  ["another seed", { settings: { seed: 1 } }, "--seed is 1; the sweep in "],
  ["a space that is none", { space: { learningRate: { kind: "choice", values: [-1] } } }, "learningRate is -1"],
  ["nothing", NARROW, "runs already, as these flags have it"],
])("refuses %s, and changes nothing", async (_, changes, message) => {
  await whileRunning(async ({ path, edits, edit }) => {
    await expect(edit(changes)).rejects.toThrow(message);
    await expect(edit(WIDE, { ...images, fingerprint: "others" })).rejects.toThrow(
      "was trained on other images",
    );
    expect([edits, existsSync(join(path, "edit.json"))]).toEqual([[], false]);
  });
});

it("is left to whoever asked where nobody runs the sweep, or it ends before", async () => {
  const path = mkdtempSync(join(tmpdir(), "trainscope-sweep-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  await openSweep(path, NARROW, images);
  const edit = (): Promise<string | undefined> => editRunningSweep(path, WIDE, images, () => {});
  expect(await edit()).toBeUndefined();
  let asked: Promise<string | undefined> | undefined;
  await exclusively(join(path, "sweep.lock"), async () => {
    asked = edit();
    while (!existsSync(join(path, "edit.json"))) await setTimeout(5);
  });
  expect(await asked).toBeUndefined();
  expect([(await storedIn(path))?.budget, existsSync(join(path, "edit.json"))]).toEqual([4, false]);
});

it.each<[string, (file: string) => void, string]>([
  ["no JSON", (file) => writeFileSync(file, "budget 6"), "no JSON"],
  ["no changes", (file) => writeFileSync(file, '{"v":1,"changes":{"budget":"many"}}'), "budget is"],
  [
    "what a space can't have",
    (file) => writeFileSync(file, '{"v":1,"changes":{"space":{"output":{"kind":"choice","values":["x"]}}}}'),
    "output can't be swept",
  ],
  ["another strategy", (file) => writeFileSync(file, '{"v":1,"changes":{"strategy":"tpe"}}'), "--strategy is"],
  ["a link", (file) => symlinkSync("elsewhere.json", file), "is not followed"],
  ["a folder", (file) => mkdirSync(file), "is not followed"],
])("what lies in the folder and is %s is told, taken away, and not followed", async (_, lay, reason) => {
  await whileRunning(async ({ path, edits, told, look }) => {
    const before = readFileSync(join(path, "sweep.json"), "utf8");
    writeFileSync(join(path, "elsewhere.json"), '{"v":1,"changes":{"budget":9}}');
    lay(join(path, "edit.json"));
    await look();
    expect(told).toEqual([expect.stringContaining(reason)]);
    expect([edits, existsSync(join(path, "edit.json"))]).toEqual([[], false]);
    expect(readFileSync(join(path, "sweep.json"), "utf8")).toBe(before);
    expect(existsSync(join(path, "elsewhere.json"))).toBe(true);
  });
});
