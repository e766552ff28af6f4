import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheDirectory, findCifar10 } from "./find.ts";
import { temporaryFolder, writeLayout } from "./testing/official.ts";

const nowhere = { CIFAR10_DIR: "/no/such/folder" };

async function folderWith(...files: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const file of files) await writeFile(join(folder, file), "");
  return folder;
}

async function refusal(directory: string): Promise<{ code: string; message: string; hint: string }> {
  return findCifar10({ directory, origin: "--images", environment: {} }).then(
    () => Promise.reject(new Error("expected a refusal")),
    (error) => error,
  );
}

describe("findCifar10", () => {
  it("takes the named folder before the environment's", async () => {
    const directory = await writeLayout(await temporaryFolder(), 1);
    expect(await findCifar10({ directory, environment: nowhere })).toEqual({ directory, source: "option" });
  });

  it("takes CIFAR10_DIR before the cache, and its subfolder cifar-10-batches-bin", async () => {
    const parent = await temporaryFolder();
    const directory = await writeLayout(join(parent, "cifar-10-batches-bin"), 1);
    const found = await findCifar10({ environment: { CIFAR10_DIR: parent }, home: "/no/such/home" });
    expect(found).toEqual({ directory, source: "environment" });
  });

  it("looks in the cache folder last, and a missing or incomplete one is no error", async () => {
    const home = await temporaryFolder();
    expect(await findCifar10({ environment: {}, home })).toBeUndefined();
    const directory = await writeLayout(join(home, ".cache", "trainscope", "cifar-10-batches-bin"), 1);
    expect(await findCifar10({ environment: { CIFAR10_DIR: "" }, home })).toEqual({
      directory,
      source: "cache",
    });
    await rm(join(directory, "test_batch.bin"));
    expect(await findCifar10({ environment: {}, home })).toBeUndefined();
  });

  it("says who named a missing folder, and what to do", async () => {
    await expect(findCifar10({ environment: nowhere })).rejects.toMatchObject({
      code: "DATA_NOT_FOUND",
      message: expect.stringContaining(
        "/no/such/folder (from CIFAR10_DIR) does not exist; expected the binary version",
      ),
      hint: expect.stringContaining("https://www.cs.toronto.edu/~kriz/cifar.html"),
    });
    expect((await refusal("/no/such/folder")).message).toContain("(from --images) does not exist");
  });

  it("tells a file, an empty folder and an empty path apart", async () => {
    const folder = await folderWith("notes.txt");
    expect((await refusal(join(folder, "notes.txt"))).message).toContain("is not a folder");
    expect((await refusal(await temporaryFolder())).message).toContain("is empty");
    expect((await refusal("")).message).toContain('"" (from --images) is an empty path');
    expect((await refusal(folder)).message).toContain("holds notes.txt; expected");
  });

  it("names the files that an incomplete folder lacks", async () => {
    const folder = await writeLayout(await temporaryFolder(), 1);
    await rm(join(folder, "data_batch_4.bin"));
    expect((await refusal(folder)).message).toContain("lacks data_batch_4.bin;");
    const parent = await temporaryFolder();
    await mkdir(join(parent, "cifar-10-batches-bin"));
    expect((await refusal(parent)).message).toContain("its subfolder cifar-10-batches-bin is empty");
  });

  it("names an archive that is to be unpacked", async () => {
    const { message } = await refusal(await folderWith("cifar-10-binary.tar.gz"));
    expect(message).toContain("holds the archive cifar-10-binary.tar.gz, not unpacked");
  });
});

describe("cacheDirectory", () => {
  it("follows XDG_CACHE_HOME, ignores a relative one, and else is in ~/.cache", () => {
    expect(cacheDirectory({ XDG_CACHE_HOME: "/var/cache/me" }, "/home/me")).toBe("/var/cache/me/trainscope");
    expect(cacheDirectory({ XDG_CACHE_HOME: "cache" }, "/home/me")).toBe("/home/me/.cache/trainscope");
    expect(cacheDirectory({}, "/home/me")).toBe("/home/me/.cache/trainscope");
  });
});
