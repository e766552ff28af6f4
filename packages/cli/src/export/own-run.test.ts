import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ownRun } from "./own-run.ts";

const folder = mkdtempSync(join(tmpdir(), "own-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["a path where nothing is", "missing.log", "there is no file or folder"],
  ["a name of no run", "missing", "can't read the runs in"],
])("of %s it says so", async (_, name, message) => {
  const source = name === "missing" ? name : join(folder, name);
  await expect(ownRun(join(folder, "runs"), source)).rejects.toThrow(message);
});
