import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { checkRunParts } from "./run-parts.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-parts-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

describe("checkRunParts", () => {
  it("lets a whole run pass, with what is none of a run's, and a folder that has nothing or isn't there", async () => {
    await checkRunParts(folder);
    await checkRunParts(at("none"));
    for (const name of ["checkpoints", "artifacts/deep/er", "sessions"])
      mkdirSync(at(name), { recursive: true });
    for (const name of ["run.json", "events.jsonl", "label.json.0a1b2c3d.tmp", "artifacts/deep/er/a.png"]) {
      writeFileSync(at(name), "");
    }
    symlinkSync(at("elsewhere"), at("my-notes"));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at("control.sock"), resolve));
    onTestFinished(() => void server.close());
    await checkRunParts(folder);
  });

  it.each([
    ["run.json", "a folder", "a file", (path: string) => mkdirSync(path)],
    ["checkpoints", "a file", "a folder", (path: string) => writeFileSync(path, "")],
    ["control.sock", "a file", "a socket", (path: string) => writeFileSync(path, "")],
    ["events.jsonl.0a1b2c3d.tmp", "a symbolic link", "a file", (path: string) => symlinkSync("/", path)],
    ["artifacts", "a symbolic link", "a folder", (path: string) => symlinkSync("/", path)],
    ["artifacts/a/b", "a symbolic link", "a file or folder", (path: string) => symlinkSync("gone", path)],
    [".control-aB3xYz/c", "a pipe", "a file or folder", (path: string) => execFileSync("mkfifo", [path])],
  ])("refuses %s that is %s, not %s", async (name, found, expected, make) => {
    mkdirSync(join(at(name), ".."), { recursive: true });
    make(at(name));
    await expect(checkRunParts(folder)).rejects.toMatchObject({
      code: "BAD_DATA",
      message: `${at(name)} is ${found}; expected ${expected} of the run's own`,
    });
  });
});
