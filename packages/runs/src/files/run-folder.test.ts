import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRunFolder, openRunFolder, writeNamed, writeWhole } from "./run-folder.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-folder-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("createRunFolder", () => {
  it("writes files under the run's artifacts, folders among them, and gives their paths", async () => {
    const folder = await createRunFolder(home, () => "run-1");
    const path = await folder.write("deep/er/a.txt", "hello");
    expect(path).toBe(join(home, "run-1/artifacts/deep/er/a.txt"));
    expect(readFileSync(path, "utf8")).toBe("hello");
  });

  it("adds to the end of a file, and makes one that is gone", async () => {
    const folder = await createRunFolder(home, () => "run-1");
    const path = await folder.write("deep/a.txt", "one\n");
    expect(await folder.append("deep/a.txt", "two\n")).toBe(path);
    await folder.append("deep/a.txt", "drei ü\n");
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\ndrei ü\n");
    rmSync(join(home, "run-1/artifacts/deep"), { recursive: true });
    await folder.append("deep/a.txt", "four\n");
    expect(readFileSync(path, "utf8")).toBe("four\n");
    await folder.close();
    await expect(folder.append("deep/a.txt", "late")).rejects.toThrow("the run is over");
  });

  it.skipIf(process.platform === "win32")("adds nothing to where a link leads", async () => {
    const folder = await createRunFolder(home, () => "run-1");
    writeFileSync(join(home, "mine.txt"), "mine");
    symlinkSync(join(home, "mine.txt"), join(home, "run-1/artifacts/a.txt"));
    await expect(folder.append("a.txt", "x")).rejects.toThrow("ELOOP");
    expect(readFileSync(join(home, "mine.txt"), "utf8")).toBe("mine");
  });

  it.each(["../../outside.txt", "..", "a/../../b", ""])('refuses the name "%s"', async (name) => {
    const folder = await createRunFolder(home, () => "run-1");
    for (const put of [folder.write, folder.append]) {
      await expect(put(name, "x")).rejects.toThrow("leads outside the run's folder");
    }
    expect(readdirSync(home)).toEqual(["run-1"]);
  });

  it("is removed where nothing was written, and kept where something was", async () => {
    const empty = await createRunFolder(home, () => "empty");
    const full = await createRunFolder(home, () => "full");
    await full.write("a", "a");
    expect(await Promise.all([empty.close(), full.close()])).toEqual([false, true]);
    expect(readdirSync(home)).toEqual(["full"]);
  });

  it("folders above it go too where it made them, and stay where it did not", async () => {
    const folder = await createRunFolder(join(home, "a/b"), () => "run");
    await folder.close();
    expect(readdirSync(home)).toEqual([]);
  });

  it("is another one where the id is taken, and of many at once each has its own", async () => {
    const ids = ["taken", "taken", "free"];
    mkdirSync(join(home, "taken/artifacts"), { recursive: true });
    const folder = await createRunFolder(home, () => ids.shift() ?? "last");
    expect(folder.path).toBe(join(home, "free"));

    const made = await Promise.all(
      Array.from({ length: 20 }, () => {
        let next = 0;
        return createRunFolder(home, () => `run-${next++}`);
      }),
    );
    expect(new Set(made.map(({ path }) => path)).size).toBe(20);
    for (const one of made) await one.close();
    expect(readdirSync(home).sort()).toEqual(["free", "taken"]);
  });

  it("closing waits for a write that has begun, and refuses new ones", async () => {
    const folder = await createRunFolder(home, () => "run");
    const written = folder.write("a.txt", "x".repeat(1e6));
    expect(await folder.close()).toBe(true);
    expect(readdirSync(join(home, "run/artifacts"))).toEqual(["a.txt"]);
    await written;
    await expect(folder.write("b.txt", "late")).rejects.toThrow("the run is over: b.txt is not written");
  });

  it("writes checkpoints beside the artifacts, and keeps the folder for them", async () => {
    const folder = await createRunFolder(home, () => "run");
    const path = await folder.writeCheckpoint("epoch-0001.safetensors", Uint8Array.of(1));
    expect(path).toBe(join(home, "run/checkpoints/epoch-0001.safetensors"));
    expect([...readFileSync(path)]).toEqual([1]);
    expect(await folder.close()).toBe(true);
    expect(readdirSync(join(home, "run"))).toEqual(["checkpoints"]);
    await expect(folder.writeCheckpoint("late", new Uint8Array())).rejects.toThrow("the run is over");
  });

  it("a checkpoint that can't be written is named, and leaves nothing behind", async () => {
    const folder = await createRunFolder(home, () => "run");
    writeFileSync(join(home, "run/checkpoints"), "");
    await expect(folder.writeCheckpoint("one", new Uint8Array())).rejects.toThrow(
      /^can't write .*checkpoints.one: a file of that name is in the way/,
    );
    rmSync(join(home, "run/checkpoints"));
    expect(await folder.close()).toBe(false);
    expect(readdirSync(home)).toEqual([]);
  });

  it("one that is opened again loses what was left half-written, and nothing else", async () => {
    const folder = await createRunFolder(home, () => "run");
    await folder.writeCheckpoint("a", new Uint8Array());
    await folder.write("b.tmp", "mine");
    await folder.close();
    writeFileSync(join(home, "run/checkpoints/a.0123abcd.tmp"), "half");
    const again = await openRunFolder(join(home, "run"));
    expect(readdirSync(join(home, "run/checkpoints"))).toEqual(["a"]);
    expect(readdirSync(join(home, "run/artifacts"))).toEqual(["b.tmp"]);
    await again.write("c", "more");
    expect(await again.close()).toBe(true);
  });

  it.skipIf(!existsSync("/proc/self"))("does not try for ever where folders are refused", async () => {
    await expect(createRunFolder("/proc/nope", () => "run")).rejects.toMatchObject({
      message: "can't make the folder /proc/nope: its folder does not exist",
    });
  });

  it("says which folder it can't make", async () => {
    writeFileSync(join(home, "file"), "");
    await expect(createRunFolder(join(home, "file"), () => "run")).rejects.toMatchObject({
      code: "OUTPUT_NOT_WRITABLE",
      message: `can't make the folder ${join(home, "file")}: a file of that name is in the way`,
    });
  });
});

describe("writeWhole", () => {
  it("replaces a file and leaves nothing else behind", async () => {
    const path = join(home, "a.bin");
    await writeWhole(path, "old");
    await writeWhole(path, Uint8Array.of(1, 2));
    expect([...readFileSync(path)]).toEqual([1, 2]);
    expect(readdirSync(home)).toEqual(["a.bin"]);
  });

  it("a write that fails keeps the old file and removes its own", async () => {
    const path = join(home, "a.txt");
    await writeWhole(path, "old");
    const unwritable = 5 as unknown as string;
    await expect(writeWhole(path, unwritable)).rejects.toThrow();
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(home)).toEqual(["a.txt"]);
  });
});

describe("writeNamed", () => {
  it("names the file and the flag that chose it", async () => {
    await expect(writeNamed(join(home, "no/such.png"), "x", "--picture")).rejects.toMatchObject({
      code: "OUTPUT_NOT_WRITABLE",
      hint: "Name a file that you may write to with --picture.",
    });
  });
});
