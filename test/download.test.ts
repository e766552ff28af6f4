// `trainscope data download` against a server of the test's own: what a user sees of it.
import { existsSync, readdirSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";

const BODY = Buffer.alloc(3_000_000, 7);

/** Serves BODY; where `pauseAt` is given, it sends that much and then nothing. Ranges are honoured and noted. */
async function serve(pauseAt = BODY.length): Promise<{ url: string; ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    const range = request.headers.range;
    ranges.push(range);
    const start = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
    const headers = { "content-length": BODY.length - start, "accept-ranges": "bytes" };
    const part = { ...headers, "content-range": `bytes ${start}-${BODY.length - 1}/${BODY.length}` };
    response.writeHead(start > 0 ? 206 : 200, start > 0 ? part : headers);
    if (start === 0 && pauseAt < BODY.length) response.write(BODY.subarray(0, pauseAt));
    else response.end(BODY.subarray(start));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cifar.tar.gz`, ranges };
}

const partial = (folder: string): string | undefined =>
  readdirSync(folder).find((name) => name.endsWith(".partial"));

describe("trainscope data download", () => {
  it("a corrupt archive: both sums, status 1, nothing left", async () => {
    const folder = temporaryFolder();
    const { url } = await serve();
    const { status, stdout, stderr } = await trainscope(["data", "download", "--to", folder, "--url", url]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/\[#{24}\] 100 % {2}3\.0 of 3\.0 MB/);
    expect(stderr).toContain("c32a1d4ab5d03f1284b67883e8d87530");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("interrupted: keeps what has come, status 130; the next try asks only for the rest", async () => {
    const folder = temporaryFolder();
    const { url, ranges } = await serve(1_000_000);
    const { spawn } = await import("node:child_process");
    const { command, cleanEnvironment } = await import("./support/command.ts");
    const child = spawn(process.execPath, [command, "data", "download", "--to", folder, "--url", url], {
      env: cleanEnvironment(),
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const arrived = (): boolean => {
      const name = partial(folder);
      return name !== undefined && statSync(join(folder, name)).size === 1_000_000;
    };
    while (!arrived()) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(stderr).toContain("stopped after 1,000,000 of 3,000,000 bytes.");
    expect(stderr).toContain("the same command goes on from there");
    expect(existsSync(join(folder, partial(folder) ?? ""))).toBe(true);

    await trainscope(["data", "download", "--to", folder, "--url", url]);
    expect(ranges).toEqual([undefined, "bytes=1000000-"]);
  });

  it("nobody answers: where to get it by hand, status 1, nothing left", async () => {
    const folder = temporaryFolder();
    const { status, stderr } = await trainscope([
      "data",
      "download",
      "--to",
      folder,
      "--url",
      "http://127.0.0.1:9/x",
    ]);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
    expect(stderr).toContain("http://127.0.0.1:9/x");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("for a user without a home folder: says that a folder has to be named, status 2", async () => {
    const environment = { HOME: "", XDG_CACHE_HOME: undefined };
    const { status, stderr } = await trainscope(["data", "download"], { environment });
    expect(status).toBe(2);
    expect(stderr).toMatch(/this user has no home folder.*\nName a folder with --to/);
  });
});
