import { spawnSync } from "node:child_process";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../testing/official.ts";
import { type Answer, makeArchive, sendRange, serve } from "../testing/server.ts";
import { install } from "./download.ts";
import { claimPartialFile } from "./partial-file.ts";

const RECORDS = 10;
const ARCHIVE = "cifar-10-binary.tar.gz";
/** The number of a process that has ended. */
const DEAD = spawnSync(process.execPath, ["-e", ""]).pid;

async function leave(name: string, text: string, minutesAgo = 0): Promise<string> {
  const archive = join(await temporaryFolder(), ARCHIVE);
  const path = `${archive}.${name}partial`;
  await writeFile(path, text);
  const then = Date.now() / 1000 - 60 * minutesAgo;
  await utimes(path, then, then);
  return archive;
}

describe("two downloads at once", () => {
  it("each has a file of its own, both succeed, and nothing is left but the folder", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    // Both have got a half before either gets the rest.
    const waiting: (() => void)[] = [];
    const half: Answer = (response) => {
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, bytes.length >> 1));
      waiting.push(() => response.end(bytes.subarray(bytes.length >> 1)));
      if (waiting.length === 2) for (const go of waiting) go();
    };
    const { url, ranges } = await serve(half);
    const directory = await temporaryFolder();
    const options = { url, md5, directory, retryDelaysMs: [] };
    const done = await Promise.all([install(options, RECORDS), install(options, RECORDS)]);
    expect(done.map((one) => one.directory)).toEqual(Array(2).fill(join(directory, "cifar-10-batches-bin")));
    expect(ranges).toEqual([undefined, undefined]);
    expect(await readdir(directory)).toEqual(["cifar-10-batches-bin"]);
  });

  it("of what one has left only one goes on", async () => {
    const archive = await leave("", "five bytes or so");
    const [one, other] = await Promise.all([claimPartialFile(archive), claimPartialFile(archive)]);
    const found = await Promise.all([one, other].map(({ path }) => readFile(path, "utf8")));
    expect(found.sort()).toEqual(["", "five bytes or so"]);
  });
});

describe("a partial file", () => {
  it.each([
    ["was released", "", 0],
    ["belongs to a process that has died", `${hostname()}-${DEAD}-01234567.`, 0],
    ["was written to by another machine, long ago", "elsewhere-1-01234567.", 11],
  ])("that %s is gone on from", async (_, name, minutesAgo) => {
    const claimed = await claimPartialFile(await leave(name, "begun", minutesAgo));
    expect(await readFile(claimed.path, "utf8")).toBe("begun");
  });

  it.each([
    ["a process that lives", `${hostname()}-${process.pid}-01234567.`],
    ["another machine", "elsewhere-1-01234567."],
  ])("of %s is left alone", async (_, name) => {
    const archive = await leave(name, "begun");
    const claimed = await claimPartialFile(archive);
    expect(await readFile(claimed.path, "utf8")).toBe("");
    expect(await readFile(`${archive}.${name}partial`, "utf8")).toBe("begun");
  });

  it("is released under the common name, unless more was left there", async () => {
    const archive = await leave("", "a b c");
    const [one, other] = [await claimPartialFile(archive), await claimPartialFile(archive)];
    await writeFile(other.path, "a");
    await one.release();
    await other.release();
    expect(await readFile(`${archive}.partial`, "utf8")).toBe("a b c");
    expect(await readdir(join(archive, ".."))).toEqual([`${ARCHIVE}.partial`]);
  });

  it("of a run that was killed is what the next asks the rest of", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const directory = await temporaryFolder();
    const name = `${ARCHIVE}.${hostname()}-${DEAD}-01234567.partial`;
    await writeFile(join(directory, name), bytes.subarray(0, 7000));
    const { url, ranges } = await serve(sendRange(bytes));
    await install({ url, md5, directory }, RECORDS);
    expect(ranges).toEqual(["bytes=7000-"]);
    expect(await readdir(directory)).toEqual(["cifar-10-batches-bin"]);
  });
});
