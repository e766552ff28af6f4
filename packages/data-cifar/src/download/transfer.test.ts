import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../testing/official.ts";
import { type Answer, makeArchive, sendAndDrop, sendRange, serve, trickle } from "../testing/server.ts";
import { type DownloadOptions, type DownloadProgress, install } from "./download.ts";

const RECORDS = 10;
const quick = { retryDelaysMs: [1, 1], stallTimeoutMs: 5000 };
const run = (options: DownloadOptions) => install({ ...quick, ...options }, RECORDS);
const PARTIAL = "cifar-10-binary.tar.gz.partial";

/** From here on the time that a transfer may be silent passes only as the test says. */
function holdTimers(): { advance(milliseconds: number): void } {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  return { advance: (milliseconds) => void vi.advanceTimersByTime(milliseconds) };
}

describe("downloadCifar10 on a bad connection", () => {
  it("goes on after a dropped connection, from the byte where it broke off", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const half = bytes.length >> 1;
    let sentLater = 0;
    const rest = sendRange(bytes, (count) => {
      sentLater += count;
    });
    const { answer, onProgress } = sendAndDrop(bytes, half);
    const { url, ranges } = await serve(answer, rest);
    await run({ url, md5, directory: await temporaryFolder(), onProgress });
    expect(ranges).toEqual([undefined, `bytes=${half}-`]);
    expect(sentLater).toBe(bytes.length - half);
  });

  it("goes on in a later run, from the partial file that the failed one kept", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const directory = await temporaryFolder();
    const { answer, onProgress } = sendAndDrop(bytes, 5000);
    const broken = await serve(answer);
    const failing = run({ url: broken.url, md5, directory, retryDelaysMs: [], onProgress });
    await expect(failing).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
      message: expect.stringContaining(`5,000 of ${bytes.length.toLocaleString("en-US")} bytes have come`),
      hint: expect.stringMatching(
        new RegExp(`to resume; or fetch .* by hand .*, save it as ${directory}/cifar-10-binary.tar.gz`),
      ),
    });
    expect(await readdir(directory)).toEqual([PARTIAL]);
    const { url, ranges } = await serve(sendRange(bytes));
    const received: number[] = [];
    await run({ url, md5, directory, onProgress: (progress) => received.push(progress.receivedBytes) });
    expect(ranges).toEqual(["bytes=5000-"]);
    expect(received[0]).toBe(5000);
  });

  it("is patient with a slow transfer that lasts far longer than the stall timeout", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const { url, ranges } = await serve(trickle(bytes, 20, 1));
    const timers = holdTimers();
    let chunks = 0;
    const onProgress = ({ phase }: DownloadProgress) => {
      if (phase !== "download") return;
      timers.advance(4000);
      chunks++;
    };
    await run({ url, md5, directory: await temporaryFolder(), onProgress });
    expect(chunks).toBeGreaterThan(2);
    expect(ranges).toHaveLength(1);
  });

  it("gives up on a server that falls silent, after the attempts allowed, and keeps what came", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const first: Answer = (response) => {
      response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, 3000));
    };
    const timers = holdTimers();
    const { url, ranges } = await serve(first, () => timers.advance(5000));
    const directory = await temporaryFolder();
    const onProgress = ({ receivedBytes }: DownloadProgress) => {
      if (receivedBytes === 3000) timers.advance(5000);
    };
    await expect(run({ url, md5, directory, retryDelaysMs: [1], onProgress })).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
      message: expect.stringContaining("sent nothing for 5 s"),
    });
    expect(ranges[1]).toBe("bytes=3000-");
    expect((await stat(join(directory, PARTIAL))).size).toBe(3000);
  });

  it("stops when aborted and keeps the partial file for resuming", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const { url } = await serve(trickle(bytes, 50, 40));
    const directory = await temporaryFolder();
    const controller = new AbortController();
    const onProgress = ({ receivedBytes }: DownloadProgress) => {
      if (receivedBytes > 0) controller.abort(new Error("enough"));
    };
    await expect(run({ url, md5, directory, signal: controller.signal, onProgress })).rejects.toThrow("enough");
    const kept = await readFile(join(directory, PARTIAL));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).toEqual(bytes.subarray(0, kept.length));
  });

  it("starts again when the server ignores the range", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const directory = await temporaryFolder();
    await writeFile(join(directory, PARTIAL), "something else entirely");
    const { url, ranges } = await serve((response) => response.end(bytes));
    await run({ url, md5, directory });
    expect(ranges).toEqual(["bytes=23-"]);
  });

  it.each([
    ["a missing", undefined],
    ["another", "bytes 0-99/100"],
    ["a garbled", "bytes=23-"],
  ])("starts again when the answer has %s Content-Range", async (_, range) => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const directory = await temporaryFolder();
    await writeFile(join(directory, PARTIAL), bytes.subarray(0, 23));
    const wrong: Answer = (response) => {
      response
        .writeHead(206, range === undefined ? {} : { "content-range": range })
        .end(bytes.subarray(0, 100));
    };
    const { url, ranges } = await serve(wrong, sendRange(bytes));
    await run({ url, md5, directory });
    expect(ranges).toEqual(["bytes=23-", undefined]);
  });

  it("takes a 416 for complete if the sizes agree, and else starts again", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    for (const [partial, requests] of [
      [bytes, 1],
      [Buffer.concat([bytes, bytes]), 2],
    ] as const) {
      const directory = await temporaryFolder();
      await writeFile(join(directory, PARTIAL), partial);
      const { url, ranges } = await serve(sendRange(bytes));
      await run({ url, md5, directory });
      expect(ranges).toHaveLength(requests);
    }
  });

  it("tries again after 503, and not after 404", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const busy = await serve((response) => response.writeHead(503).end("busy"), sendRange(bytes));
    await run({ url: busy.url, md5, directory: await temporaryFolder() });
    expect(busy.ranges).toHaveLength(2);
    const gone = await serve((response) => response.writeHead(404).end());
    await expect(run({ url: gone.url, md5, directory: await temporaryFolder() })).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
      message: `${gone.url}: answered 404 Not Found`,
      hint: expect.stringMatching(/^There is no file at this address: name another; or fetch/),
    });
    expect(gone.ranges).toHaveLength(1);
  });

  it.each([
    ["by its type", { "content-type": "text/html; charset=utf-8" }, "Please log in."],
    ["by its first words", {}, "\n <!DOCTYPE HTML><title>Proxy</title>"],
  ])("knows a web page %s, asks no more, and keeps what had come before", async (_, headers, page) => {
    const { bytes } = await makeArchive(RECORDS);
    const directory = await temporaryFolder();
    await writeFile(join(directory, PARTIAL), bytes.subarray(0, 5000));
    const { url, ranges } = await serve((response) => response.writeHead(200, headers).end(page));
    await expect(run({ url, directory })).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
      message: `${url}: a web page came instead of the archive: a login page, or a proxy's, perhaps`,
    });
    expect(ranges).toEqual(["bytes=5000-"]);
    expect(await readFile(join(directory, PARTIAL))).toEqual(bytes.subarray(0, 5000));
  });

  it("takes an archive for one, though the server calls it a web page", async () => {
    const { bytes, md5 } = await makeArchive(RECORDS);
    const { url } = await serve((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end(bytes),
    );
    await expect(run({ url, md5, directory: await temporaryFolder() })).resolves.toBeDefined();
  });
});
