import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCifar10 } from "../load.ts";
import { temporaryFolder, writeLayout } from "../testing/official.ts";
import { makeArchive, packFolder, sendRange, serve } from "../testing/server.ts";
import { type DownloadOptions, type DownloadProgress, downloadCifar10, install } from "./download.ts";

const RECORDS = 10;
const quick = { retryDelaysMs: [1, 1], stallTimeoutMs: 5000 };
const run = (options: DownloadOptions) => install({ ...quick, ...options }, RECORDS);
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe("downloadCifar10", () => {
  it("fetches, verifies and unpacks, and leaves nothing but the folder", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const { url } = await serve(sendRange(bytes));
    const directory = join(await temporaryFolder(), "new", "cache");
    const seen: DownloadProgress[] = [];
    const result = await run({ url, md5, directory, onProgress: (progress) => seen.push(progress) });
    expect(result.directory).toBe(join(directory, "cifar-10-batches-bin"));
    expect(await readdir(directory)).toEqual(["cifar-10-batches-bin"]);
    expect(
      (await loadCifar10(directory, { trainOn: "all", recordsPerFile: RECORDS })).test.labels,
    ).toHaveLength(RECORDS);
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(["download", "verify", "unpack"]);
    for (const phase of ["download", "verify", "unpack"]) {
      const last = seen.findLast((progress) => progress.phase === phase);
      expect(last?.receivedBytes).toBe(last?.totalBytes);
    }
  });

  it("asks nobody when the folder is complete", async () => {
    const directory = await temporaryFolder();
    await writeLayout(join(directory, "cifar-10-batches-bin"), RECORDS);
    const fetch = () => Promise.reject(new Error("not to be called"));
    await expect(run({ directory, fetch })).resolves.toEqual({
      directory: join(directory, "cifar-10-batches-bin"),
    });
  });

  it("deletes a corrupt file and says which checksum was found and expected", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const damaged = Buffer.from(bytes);
    damaged[1000] = (damaged[1000] ?? 0) ^ 1;
    const found = createHash("md5").update(damaged).digest("hex");
    const { url } = await serve(sendRange(damaged));
    const directory = await temporaryFolder();
    await expect(run({ url, md5, directory })).rejects.toMatchObject({
      code: "CHECKSUM_MISMATCH",
      message: expect.stringContaining(`has MD5 ${found}; expected ${md5}`),
    });
    expect(await readdir(directory)).toEqual([]);
  });

  it("says why there is no connection", async () => {
    const directory = await temporaryFolder();
    await expect(run({ url: "http://127.0.0.1:1/a", directory })).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
    });
    await expect(run({ url: "a nonsense", directory })).rejects.toThrow("a nonsense: is not a URL");
  });

  it("uses an archive that was fetched by hand, and keeps it", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const directory = await temporaryFolder();
    await writeFile(join(directory, "cifar-10-binary.tar.gz"), bytes);
    await run({ url: "http://127.0.0.1:1/a", md5, directory });
    expect((await readdir(directory)).sort()).toEqual(["cifar-10-batches-bin", "cifar-10-binary.tar.gz"]);
  });

  it("repairs an incomplete folder and leaves what else is in it", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const directory = await temporaryFolder();
    const folder = join(directory, "cifar-10-batches-bin");
    await mkdir(folder);
    await writeFile(join(folder, "data_batch_1.bin"), "short");
    await writeFile(join(folder, "notes.txt"), "mine");
    const { url } = await serve(sendRange(bytes));
    await run({ url, md5, directory });
    expect(
      (await loadCifar10(folder, { trainOn: "batch1", recordsPerFile: RECORDS })).train.labels,
    ).toHaveLength(RECORDS);
    expect(await readFile(join(folder, "notes.txt"), "utf8")).toBe("mine");
  });

  it("unpacks nothing when a file has the wrong size or is missing, and nothing but the known files", async () => {
    const wrongSize = await makeArchive(RECORDS + 1);
    const parent = await temporaryFolder();
    await writeLayout(join(parent, "cifar-10-batches-bin"), RECORDS);
    await writeFile(join(parent, "outside.txt"), "no");
    await writeFile(join(parent, "cifar-10-batches-bin", "readme.html"), "no");
    const lacking = await packFolder(parent, ["cifar-10-batches-bin/data_batch_1.bin"]);
    for (const [archive, message] of [
      [wrongSize, "data_batch_1.bin is 33,803 bytes; expected 30,730"],
      [lacking, "lacks cifar-10-batches-bin/data_batch_2.bin"],
    ] as const) {
      const directory = await temporaryFolder();
      const { url } = await serve(sendRange(archive.bytes));
      await expect(run({ url, md5: archive.md5, directory })).rejects.toMatchObject({
        code: "BAD_DATA",
        message: expect.stringContaining(message),
      });
      expect(await exists(join(directory, "cifar-10-batches-bin"))).toBe(false);
    }
    const all = await packFolder(join(parent, "cifar-10-batches-bin"), [
      "../outside.txt",
      "../cifar-10-batches-bin",
      join(parent, "outside.txt"),
    ]);
    const directory = await temporaryFolder();
    const { url } = await serve(sendRange(all.bytes));
    await expect(run({ url, md5: all.md5, directory })).rejects.toMatchObject({ code: "BAD_DATA" });
    expect(await readdir(directory)).toEqual(["cifar-10-binary.tar.gz"]);
  });

  it("refuses a place where no folder can be made", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    await expect(downloadCifar10({ directory: join(file, "cache") })).rejects.toMatchObject({
      code: "OUTPUT_NOT_WRITABLE",
    });
  });

  it("refuses what is no archive, though its checksum agrees", async () => {
    const bytes = Buffer.from("not an archive at all");
    const { url } = await serve(sendRange(bytes));
    const md5 = createHash("md5").update(bytes).digest("hex");
    await expect(run({ url, md5, directory: await temporaryFolder() })).rejects.toMatchObject({
      code: "BAD_DATA",
    });
  });

  it("says so when the disk is full", async ({ skip }) => {
    // Linux's device that is always full stands for the partial file.
    await access("/dev/full").catch(() => skip());
    const { bytes, md5 } = await makeArchive(RECORDS);
    const { url } = await serve(sendRange(bytes));
    const directory = await temporaryFolder();
    await symlink("/dev/full", join(directory, "cifar-10-binary.tar.gz.partial"));
    await expect(run({ url, md5, directory })).rejects.toMatchObject({
      code: "OUTPUT_NOT_WRITABLE",
      message: expect.stringContaining("The disk is full"),
    });
  });
});
