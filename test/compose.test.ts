// The compose file without a container engine: its services' commands are run here as they stand, on another port and folders.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { root, temporaryFolder, trainscope } from "./support/command.ts";
import { freePort, hasRedis } from "./support/redis.ts";
import { start } from "./support/started.ts";

interface Service {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly restart: string;
  readonly healthcheck?: { readonly test: readonly [string, string] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const { services, volumes } = parse(readFileSync(join(root, "compose.yaml"), "utf8")) as {
  readonly services: { readonly redis: Service; readonly worker: Service };
  readonly volumes: Readonly<Record<string, unknown>>;
};
const { redis, worker } = services;

/** As compose puts variables into the file. */
function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = "") => {
    const value = variables[name];
    if (value === undefined && kind !== "-") throw new Error(`${name}: ${rest}`);
    return value ?? rest;
  });
}

describe("compose.yaml", () => {
  it("has no password of its own, and asks for one", () => {
    expect(() => filled(redis.command.join(" "), {})).toThrow("set a password");
    expect(() => filled(JSON.stringify(worker.environment), {})).toThrow("set a password");
  });

  it("starts both again, the workers once Redis answers, and keeps what is queued", () => {
    expect([redis.restart, worker.restart]).toEqual(["unless-stopped", "unless-stopped"]);
    expect(worker.depends_on?.redis?.condition).toBe("service_healthy");
    expect(redis.healthcheck?.test[0]).toBe("CMD-SHELL");
    expect(redis.volumes.map((volume) => volume.split(":")[0])).toEqual(Object.keys(volumes));
    expect(filled(worker.command.join(" "), {})).toContain(" redis://redis:6379 ");
  });

  it("its worker has only flags that the command knows", async () => {
    const { stdout } = await trainscope(["worker", "--help"]);
    const [npx, yes, name, command] = worker.command;
    expect([npx, yes, name, command]).toEqual(["npx", "--yes", "trainscope", "worker"]);
    const flags = worker.command.slice(4).filter((word) => word.startsWith("--"));
    expect(flags.length).toBeGreaterThan(1);
    for (const flag of flags) expect(stdout).toContain(`${flag} <`);
  });

  it.skipIf(!hasRedis)("its Redis comes up, is healthy, and its worker is let in", async () => {
    const home = temporaryFolder();
    const port = await freePort();
    const variables = { TRAINSCOPE_REDIS_PASSWORD: "sesame", REDIS: `redis://127.0.0.1:${port}` };
    const [server = "", ...settings] = redis.command.map((word) => filled(word, variables));
    const child = spawn(server, [...settings, "--port", `${port}`, "--dir", home], { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
    const check = redis.healthcheck?.test[1].replace("redis-cli", `redis-cli -p ${port}`) ?? "";
    const environment = {
      ...process.env,
      REDISCLI_AUTH: filled(redis.environment.REDISCLI_AUTH ?? "", variables),
    };
    while (spawnSync("bash", ["-c", check], { env: environment }).status !== 0) await setTimeout(50);
    expect(spawnSync("bash", ["-c", check], { env: { ...environment, REDISCLI_AUTH: "" } }).status).not.toBe(0);
    const words = worker.command.slice(3).map((word) => filled(word, variables));
    const here = words.map((word) => ({ "/data": "sample", "/store": join(home, "store") })[word] ?? word);
    const started = start(here, { environment: { TRAINSCOPE_REDIS_PASSWORD: "sesame" } });
    await started.told("waits for trials");
    started.child.kill("SIGTERM");
    expect(await started.ended).toBe(0);
  });
});

it.skipIf(!hasRedis)("the README's three commands that make it many do, on another port", async () => {
  const home = temporaryFolder();
  const port = await freePort();
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const block = /^```sh\n(redis-server .*?)^```$/ms.exec(readme)?.[1] ?? "";
  const lines = block
    .trim()
    .split("\n")
    .map((line) => line.replace("6379", `${port}`).split(" "));
  expect(lines).toHaveLength(3);
  const [[server = "", ...settings] = [], worker = [], sweep = []] = lines;
  const child = spawn(server, [...settings, "--port", `${port}`, "--dir", home], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  while (spawnSync("redis-cli", ["-p", `${port}`, "ping"]).status !== 0) await setTimeout(50);
  const started = start(worker.slice(2), { cwd: home });
  await started.told("waits for trials");
  const finished = await trainscope([...sweep.slice(2), "--epochs", "1"], { cwd: home });
  expect(finished).toMatchObject({ status: 0, stderr: "" });
  expect(finished.stdout).toContain(`trained by the workers of redis://127.0.0.1:${port}`);
});
