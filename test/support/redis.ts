// A Redis of the test's own, on loopback, that keeps what it is told on disk: stopped, killed and started again.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./command.ts";

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) process.stderr.write("redis-server is not installed: the tests of the queue are skipped\n");

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  /** As a crash would. */
  kill(): Promise<void>;
}

export async function startRedis(...settings: readonly string[]): Promise<RedisServer> {
  const folder = temporaryFolder();
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const fixed = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes"];
      child = spawn("redis-server", [...fixed, "--save", "", ...settings], { stdio: "ignore" });
      while (!(await answers(port))) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`redis-server ended with ${child.exitCode ?? child.signalCode} before it answered`);
        }
        await setTimeout(20);
      }
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
  onTestFinished(() => server.kill());
  await server.start();
  return server;
}

export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  listener.close();
  await once(listener, "close");
  return port;
}

/** Whatever it answers, if it has read what it keeps. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    socket.write("PING\r\n");
    const [data] = (await once(socket, "data")) as [Buffer];
    return !data.toString().startsWith("-LOADING");
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
