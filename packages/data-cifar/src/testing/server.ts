// Test help: a web server on this machine that sends one archive, well or badly.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { create } from "tar";
import { onTestFinished } from "vitest";
import { temporaryFolder, writeLayout } from "./official.ts";

export interface Archive {
  readonly bytes: Buffer;
  readonly md5: string;
}

/** An archive in the official layout whose files hold `records` pictures each. */
export async function makeArchive(records: number): Promise<Archive> {
  const folder = await temporaryFolder();
  await writeLayout(join(folder, "cifar-10-batches-bin"), records);
  return packFolder(folder, ["cifar-10-batches-bin"]);
}

export async function packFolder(folder: string, entries: string[]): Promise<Archive> {
  const file = join(await temporaryFolder(), "archive.tar.gz");
  await create({ file, cwd: folder, gzip: true, preservePaths: true }, entries);
  const bytes = await readFile(file);
  return { bytes, md5: createHash("md5").update(bytes).digest("hex") };
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface Server {
  readonly url: string;
  /** The Range header of every request so far. */
  readonly ranges: (string | undefined)[];
}

/** Answers the requests in turn; the last answer also answers all that follow. Closed when the test ends. */
export async function serve(...answers: readonly [Answer, ...Answer[]]): Promise<Server> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(ranges.length, answers.length - 1)] ?? answers[0];
    ranges.push(request.headers.range);
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/cifar-10-binary.tar.gz`, ranges };
}

/** The whole file, or the part asked for; `sent` hears how many bytes that is. */
export function sendRange(bytes: Buffer, sent: (count: number) => void = () => {}): Answer {
  return (response, request) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (start >= bytes.length) {
      response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
      return;
    }
    const part = bytes.subarray(start);
    const range = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(start > 0 ? 206 : 200, { "content-length": part.length, ...(start > 0 ? range : {}) });
    sent(part.length);
    response.end(part);
  };
}

/**
 * Announces all of the file, sends `count` bytes, and ends the connection when `onProgress` hears that they have all come:
 * fetch drops what hasn't been read when a connection ends.
 */
export function sendAndDrop(bytes: Buffer, count: number) {
  let drop = () => {};
  const answer: Answer = (response) => {
    drop = () => response.socket?.end();
    response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, count));
  };
  const onProgress = ({ receivedBytes }: { readonly receivedBytes: number }) => {
    if (receivedBytes === count) drop();
  };
  return { answer, onProgress };
}

/** The file in `parts` parts, one every `pause` ms. */
export function trickle(bytes: Buffer, parts: number, pause: number): Answer {
  return (response) => {
    response.writeHead(200, { "content-length": bytes.length });
    const size = Math.ceil(bytes.length / parts);
    let at = 0;
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + size));
      at += size;
      if (at < bytes.length) return;
      clearInterval(timer);
      response.end();
    }, pause);
    response.on("close", () => clearInterval(timer));
  };
}
