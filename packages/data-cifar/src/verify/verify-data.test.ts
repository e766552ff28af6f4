import { createHash } from "node:crypto";
import { copyFile, readdir, readFile, rename, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder, writeLayout } from "../testing/official.ts";
import { OFFICIAL_FILES, type OfficialFile } from "./official-files.ts";
import { verifyData } from "./verify-data.ts";

/** Whatever a folder holds is taken for official. */
async function listOf(folder: string): Promise<readonly OfficialFile[]> {
  const names = await readdir(folder);
  return await Promise.all(
    names.map(async (name) => {
      const md5 = createHash("md5").update(await readFile(join(folder, name)));
      return { name, of: "CIFAR-10, binary version", md5: md5.digest("hex") };
    }),
  );
}

const verdicts = (files: Awaited<ReturnType<typeof verifyData>>) =>
  Object.fromEntries(files.map(({ file, verdict, about }) => [file, [verdict, about]]));

it("files as they were published are official, each by name", async () => {
  const folder = await writeLayout(await temporaryFolder(), 2);
  const files = await verifyData(folder, await listOf(folder));
  expect(files.map(({ verdict }) => verdict)).toEqual(Array(7).fill("official"));
  expect(files[1]).toEqual({
    file: "data_batch_1.bin",
    verdict: "official",
    about: "the official file of CIFAR-10, binary version",
  });
});

it("two that were swapped, one that lacks a record, one that lacks a byte, and one with another byte, are told", async () => {
  const folder = await writeLayout(await temporaryFolder(), 2);
  const official = await listOf(folder);
  const at = (n: number): string => join(folder, `data_batch_${n}.bin`);
  await rename(at(1), join(folder, "aside"));
  await rename(at(2), at(1));
  await rename(join(folder, "aside"), at(2));
  await truncate(at(3), 3073);
  await truncate(at(4), 2 * 3073 - 1);
  const bytes = await readFile(at(5));
  bytes[7] = (bytes[7] ?? 0) ^ 1;
  await writeFile(at(5), bytes);
  await writeFile(join(folder, "readme.html"), "<p>");
  const told = verdicts(await verifyData(folder, official));
  expect(told["data_batch_1.bin"]).toEqual([
    "different",
    "the official data_batch_2.bin of CIFAR-10, binary version, in another's place or under another name",
  ]);
  expect(told["data_batch_3.bin"]).toEqual([
    "different",
    expect.stringMatching(
      /^MD5 [0-9a-f]{32}; that of CIFAR-10, binary version is [0-9a-f]{32}; 1 images, 9,999 less/,
    ),
  ]);
  expect(told["data_batch_4.bin"]?.[1]).toMatch(/6,145 bytes of no known format/);
  expect(told["data_batch_5.bin"]?.[0]).toBe("different");
  expect(told["test_batch.bin"]?.[0]).toBe("official");
  expect(told["readme.html"]).toEqual(["unknown", "a text"]);
});

it("an archive, and each file in it", async () => {
  const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));
  const folder = await temporaryFolder();
  const path = join(folder, "cifar-10-python.tar.gz");
  await copyFile(join(fixtures, "python.tar.gz"), path);
  const official = [...(await listOf(folder)), ...(await listOf(join(fixtures, "python2")))];
  const told = verdicts(await verifyData(path, official));
  expect(Object.entries(told).map(([file, [verdict]]) => [file, verdict])).toEqual([
    ["cifar-10-python.tar.gz", "official"],
    ["python2/test_batch", "official"],
    ["python2/data_batch_1", "official"],
    ["python2/batches.meta", "official"],
    ["python2/readme.html", "unknown"],
  ]);
  await truncate(path, Math.floor((await stat(path)).size / 2));
  const cut = await verifyData(path, official);
  expect(cut.at(-1)).toMatchObject({ verdict: "different", about: expect.stringContaining("damaged") });
});

it("the list has an MD5 for each name, none twice", () => {
  expect(new Set(OFFICIAL_FILES.map(({ md5 }) => md5)).size).toBe(OFFICIAL_FILES.length);
  for (const { md5 } of OFFICIAL_FILES) expect(md5).toMatch(/^[0-9a-f]{32}$/);
});
