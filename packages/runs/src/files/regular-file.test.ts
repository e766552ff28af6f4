import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRegular, readSmallFile } from "./regular-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-regular-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

describe.runIf(process.platform !== "win32")("readSmallFile", () => {
  it("reads a file, and neither follows a link nor waits for a pipe", async () => {
    writeFileSync(at("run.json"), "é");
    symlinkSync(at("run.json"), at("link"));
    execFileSync("mkfifo", [at("pipe")]);
    expect(await readSmallFile(at("run.json"))).toBe("é");
    await expect(readSmallFile(at("link"))).rejects.toMatchObject({ code: "ELOOP" });
    await expect(readSmallFile(at("pipe"))).rejects.toThrow("it is no regular file");
    await expect(readSmallFile(folder)).rejects.toThrow("it is a folder");
    await expect(readSmallFile(at("none"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("refuses a large file, which is read only where none is too large", async () => {
    const size = (16 << 20) + 1;
    writeFileSync(at("large"), "");
    truncateSync(at("large"), size);
    await expect(readSmallFile(at("large"))).rejects.toThrow(
      `it has ${size} bytes; expected at most ${16 << 20}`,
    );
    expect((await readRegular(at("large"))).length).toBe(size);
  });
});
