import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeLabel } from "../labels/label.ts";
import { beginSession } from "../sessions/session.ts";
import { checkRemovable, removeRun, sweepRemoved } from "./remove-run.ts";

let home = "";
let folder = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-remove-"));
  folder = join(home, "run");
  for (const inside of ["checkpoints", "artifacts/pictures"])
    mkdirSync(join(folder, inside), { recursive: true });
  for (const file of ["run.json", "events.jsonl", "artifacts/pictures/a.png", "label.json.0a1b2c3d.tmp"]) {
    writeFileSync(join(folder, file), "");
  }
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("removeRun", () => {
  it("removes all of a run, and nothing beside it", async () => {
    mkdirSync(join(home, "other"));
    await (await beginSession(folder)).close();
    await writeLabel(folder, { name: "a", tags: [] });
    await removeRun(`${folder}/`);
    expect(readdirSync(home)).toEqual(["other"]);
  });

  it("refuses a run that is being trained", async () => {
    const session = await beginSession(folder);
    const refusal = `${folder} is not removed: process ${process.pid} on `;
    await expect(removeRun(folder)).rejects.toMatchObject({ message: expect.stringContaining(refusal) });
    expect(existsSync(join(folder, "run.json"))).toBe(true);
    await session.close();
    await expect(checkRemovable(folder)).resolves.toBeUndefined();
  });

  it("removes what is left of a process that was killed as it began", async () => {
    mkdirSync(join(folder, "sessions"));
    mkdirSync(join(folder, ".control-aB3xYz"));
    for (const file of [
      "sessions/0001.json",
      "sessions/0001.json.0a1b2c3d.tmp",
      ".control-aB3xYz/control.sock",
    ]) {
      writeFileSync(join(folder, file), "");
    }
    await removeRun(folder);
    expect(readdirSync(home)).toEqual([]);
  });

  it("refuses what is no run's folder, and one with files of somebody else's", async () => {
    await expect(removeRun(home)).rejects.toMatchObject({
      message: `${home} is not removed: it is no run's folder`,
    });
    for (const name of ["src", "thesis.tex"]) writeFileSync(join(folder, name), "");
    await expect(removeRun(folder)).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: `${folder} is not removed: it has files that are none of a run's: src, thesis.tex`,
    });
    expect(readdirSync(folder)).toContain("run.json");
  });

  it("of a link removes the link, not what it leads to", async () => {
    const link = join(home, "link");
    symlinkSync(folder, link);
    await removeRun(link);
    expect(readdirSync(home)).toEqual(["run"]);
    expect(readdirSync(folder)).toContain("run.json");
  });
});

it("what a removal that broke off has left goes with the next, and nothing else", async () => {
  const foreign = [".git", ".removed-photos", ".removed-photos-00aa11bb"];
  for (const name of [".removed-run-00aa11bb", ...foreign]) mkdirSync(join(home, name));
  writeFileSync(join(home, ".removed-run-00aa11bb", "events.jsonl"), "");
  writeFileSync(join(home, ".removed-photos-00aa11bb", "cat.jpg"), "");
  symlinkSync(folder, join(home, ".removed-link-00aa11bb"));
  await sweepRemoved(home);
  expect(readdirSync(home).sort()).toEqual([...foreign, ".removed-link-00aa11bb", "run"].sort());
});
