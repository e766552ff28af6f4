import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolders } from "./make-folders.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "make-folders-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("makeFolders", () => {
  it("makes what is missing and gives the first of it; nothing where all is there", async () => {
    expect(await makeFolders(join(home, "a/b/c"))).toBe(join(home, "a"));
    expect(existsSync(join(home, "a/b/c"))).toBe(true);
    expect(await makeFolders(join(home, "a/b/d"))).toBe(join(home, "a/b/d"));
    expect(await makeFolders(join(home, "a/b"))).toBeUndefined();
  });

  it("several at once do not trip over each other", async () => {
    await Promise.all(Array.from({ length: 8 }, () => makeFolders(join(home, "a/b/c"))));
    expect(existsSync(join(home, "a/b/c"))).toBe(true);
  });

  it("rejects where a file is in the way", async () => {
    writeFileSync(join(home, "file"), "");
    await expect(makeFolders(join(home, "file"))).rejects.toMatchObject({ code: "EEXIST" });
    await expect(makeFolders(join(home, "file/below"))).rejects.toMatchObject({ code: "EEXIST" });
  });

  it.skipIf(!existsSync("/proc/self"))(
    "rejects, and does not try for ever, where folders are refused",
    async () => {
      await expect(makeFolders("/proc/nope/below")).rejects.toMatchObject({ code: "ENOENT" });
    },
  );
});
