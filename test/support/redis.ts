// A Redis of the test's own, on loopback, that keeps what it is told on disk: stopped, killed and started again.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
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
  const port = await freePort();
  const server = createServerAt(["--port", `${port}`, ...settings], () => answers(connect(port, "127.0.0.1")));
  await server.start();
  return { ...server, port, url: `redis://127.0.0.1:${port}` };
}

/** With TLS alone, and a certificate of its own; `undefined` where redis-server wasn't built with it, or nothing makes certificates. */
export async function startTlsRedis(...settings: readonly string[]) {
  const folder = temporaryFolder();
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const how = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
  const names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate];
  if (spawnSync("openssl", [...how, ...names]).status !== 0) return undefined;
  const port = await freePort();
  const tls = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];
  const known = spawnSync("redis-server", ["--tls-port", "0", ...tls, "--port", "0", "--maxmemory", "wrong"]);
  // It says what it doesn't know first.
  if (!String(known.stdout).concat(String(known.stderr)).includes("maxmemory")) return undefined;
  const options = { port, host: "localhost", ca: readFileSync(certificate) };
  const server = createServerAt(["--port", "0", "--tls-port", `${port}`, ...tls, ...settings], () =>
    answers(connectTls(options)),
  );
  await server.start();
  return { ...server, certificate, url: `rediss://localhost:${port}` };
}

/** Stopped after the test. */
function createServerAt(settings: readonly string[], isReady: () => Promise<boolean>) {
  const folder = temporaryFolder();
  let child: ChildProcess | undefined;
  const server = {
    async start(): Promise<void> {
      const fixed = ["--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--save", ""];
      child = spawn("redis-server", [...fixed, ...settings], { stdio: "ignore" });
      while (!(await isReady())) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`redis-server ended with ${child.exitCode ?? child.signalCode} before it answered`);
        }
        await setTimeout(20);
      }
    },
    async kill(): Promise<void> {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
  onTestFinished(() => server.kill());
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
async function answers(socket: Socket): Promise<boolean> {
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
