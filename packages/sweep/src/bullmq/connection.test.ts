import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { checkRedis } from "./connection.ts";
import { parseRedisAddress } from "./redis-address.ts";

/** A server that says to each command what is given for it, or nothing. */
async function serve(answerTo: (command: string) => string | undefined): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      // "*2\r\n$6\r\nselect\r\n$2\r\n99\r\n": each command begins with a star.
      for (const command of String(data)
        .split(/^\*\d+\r\n/m)
        .slice(1)) {
        const words = command.split("\r\n").filter((word) => word !== "" && !word.startsWith("$"));
        const answer = answerTo(words.join(" ").toLowerCase());
        if (answer !== undefined) socket.write(answer);
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function infoOf(fields: string): string {
  return `$${fields.length}\r\n${fields}\r\n`;
}

const GOOD = infoOf("redis_version:7.0.15\r\nmaxmemory_policy:noeviction\r\nloading:0\r\n");

it("takes one that is new enough and keeps its keys", async () => {
  const url = await serve((command) => (command === "info" ? GOOD : "+OK\r\n"));
  await expect(checkRedis(parseRedisAddress(`${url}/3`))).resolves.toBeUndefined();
});

it("one that accepts and says nothing is told as that, and not waited for for ever", async () => {
  const url = await serve(() => undefined);
  await expect(checkRedis(parseRedisAddress(url), { patience: 200 })).rejects.toMatchObject({
    code: "QUEUE_FAILED",
    message: `Redis at ${url} can't be reached: it took the connection, and wasn't ready within 0.2 seconds`,
  });
});

it("a database that isn't there is refused, not taken for the first", async () => {
  const url = await serve((command) => {
    if (command === "info") return GOOD;
    return command === "select 99" ? "-ERR DB index is out of range\r\n" : "+OK\r\n";
  });
  await expect(checkRedis(parseRedisAddress(`${url}/99`))).rejects.toMatchObject({
    code: "BAD_OPTION",
    message: `Redis at ${url}/99 has no such database: ERR DB index is out of range`,
  });
});

it.each([
  ["redis_version:6.0.16\r\n", "is version 6.0.16; expected 6.2 or newer"],
  ["redis_version:7.2.0\r\nmaxmemory_policy:allkeys-lru\r\n", "has the eviction policy allkeys-lru"],
])("refuses one of %j", async (fields, reason) => {
  const url = await serve((command) => (command === "info" ? infoOf(fields) : "+OK\r\n"));
  await expect(checkRedis(parseRedisAddress(url))).rejects.toMatchObject({
    code: "BAD_OPTION",
    message: expect.stringContaining(reason),
  });
});
