import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { beginSession, HEARTBEAT_MS, HEARTBEAT_TIMEOUT_MS, readLiveness, type Session } from "./session.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-session-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(home, { recursive: true, force: true });
});

const NOW = Date.UTC(2026, 0, 2);
const mine = { v: 1, pid: process.pid, host: hostname(), startedAt: "2026-01-01T00:00:00.000Z", endedAt: null };
const theirs = { ...mine, host: `not-${hostname()}` };

/** A process that was there, and is no more. */
const gonePid = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));

function put(number: number, content: unknown, lastHeartbeat = NOW): string {
  const path = join(home, "sessions", `${String(number).padStart(4, "0")}.json`);
  mkdirSync(join(home, "sessions"), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  utimesSync(path, lastHeartbeat / 1000, lastHeartbeat / 1000);
  return path;
}

describe("readLiveness", () => {
  it.each([
    ["of this machine, there, with a sign", mine, NOW - HEARTBEAT_TIMEOUT_MS, "alive"],
    ["of this machine, there, without a sign", mine, NOW - HEARTBEAT_TIMEOUT_MS - 1, "silent"],
    ["of this machine, gone, however fresh its sign", { ...mine, pid: gonePid }, NOW, "died"],
    ["of another machine, with a sign", { ...theirs, pid: gonePid }, NOW - HEARTBEAT_TIMEOUT_MS, "alive"],
    ["of another machine, without a sign", theirs, NOW - HEARTBEAT_TIMEOUT_MS - 1, "died"],
    [
      "that said it had done",
      { ...mine, endedAt: "2026-01-01T00:00:01.000Z" },
      NOW - HEARTBEAT_TIMEOUT_MS - 1,
      "ended",
    ],
    ["that was killed before its file had anything", "", NOW, "died"],
    ["that was killed before its file was whole", '{"v":1,"pid"', NOW, "died"],
    ["of another version, with a sign", { v: 2 }, NOW - HEARTBEAT_TIMEOUT_MS, "alive"],
    ["of another version, without a sign", { v: 2 }, NOW - HEARTBEAT_TIMEOUT_MS - 1, "died"],
    ["whose sign is of a time to come, as after a clock was set back", theirs, NOW + 1e9, "alive"],
  ])("a process %s", async (_, content, lastHeartbeat, processState) => {
    put(1, content, lastHeartbeat);
    const liveness = await readLiveness(home, NOW);
    expect(liveness).toMatchObject({ processState, lastHeartbeat: Math.min(lastHeartbeat, NOW) });
    if (typeof content !== "string" && "pid" in content)
      expect(liveness).toMatchObject({ pid: content.pid, host: content.host });
  });

  it("knows nothing of a folder without sessions, and asks the newest of many", async () => {
    expect(await readLiveness(home, NOW)).toMatchObject({ processState: "unknown", lastHeartbeat: undefined });
    put(9999, mine);
    put(10_000, { ...mine, pid: gonePid });
    expect(await readLiveness(home, NOW)).toMatchObject({ processState: "died", pid: gonePid });
  });

  it.skipIf(process.platform !== "linux")(
    "takes no other process for the one that had its number before, nor one that was killed for a live one",
    async () => {
      const session = await beginSession(home);
      const path = join(home, "sessions/0001.json");
      const written = JSON.parse(readFileSync(path, "utf8"));
      await session.close();
      put(1, { ...written, born: `${written.born}1` });
      expect(await readLiveness(home, NOW)).toMatchObject({ processState: "died" });
      // Switched off and on again meanwhile: its last sign decides.
      put(1, { ...written, boot: "another" });
      expect(await readLiveness(home, NOW + HEARTBEAT_TIMEOUT_MS + 1)).toMatchObject({ processState: "died" });

      // Its parent, a shell that has become `sleep`, never asks what became of it.
      const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      onTestFinished(() => void parent.kill("SIGKILL"));
      const [text] = await once(parent.stdout, "data");
      put(1, { ...mine, pid: Number(text) });
      expect(await readLiveness(home, NOW)).toMatchObject({ processState: "alive" });
      process.kill(Number(text), "SIGKILL");
      await vi.waitFor(async () =>
        expect(await readLiveness(home, NOW)).toMatchObject({ processState: "died" }),
      );
    },
  );
});

describe("beginSession", () => {
  it("gives a sign every two seconds, and at the end says so", async () => {
    const session = await beginSession(home);
    const path = join(home, "sessions/0001.json");
    await session.close();
    expect(await readLiveness(home)).toMatchObject({
      processState: "ended",
      pid: process.pid,
      host: hostname(),
    });

    vi.useFakeTimers({ now: NOW, toFake: ["setInterval", "clearInterval", "Date"] });
    const next = await beginSession(home);
    const second = join(home, "sessions/0002.json");
    utimesSync(second, 1, 1);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await vi.waitFor(() => expect(statSync(second).mtimeMs).toBeGreaterThan(1000));
    await next.close();
    expect(JSON.parse(readFileSync(path, "utf8")).endedAt).not.toBeNull();
    utimesSync(second, 1, 1);
    vi.advanceTimersByTime(10 * HEARTBEAT_MS);
    expect(statSync(second).mtimeMs).toBe(1000);
  });

  it("is refused while another process trains the run, which is named with its last sign", async () => {
    put(1, theirs, Date.now());
    await expect(beginSession(home)).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: expect.stringMatching(
        new RegExp(`^${home} is being trained by process ${mine.pid} on not-.*; last sign at \\d{4}-`),
      ),
    });
    put(2, mine, NOW);
    await expect(beginSession(home)).rejects.toMatchObject({
      message: expect.stringContaining("which is suspended or hangs; last sign at 2026-01-0"),
      hint: expect.stringContaining(`kill -CONT ${mine.pid}`),
    });
    put(3, { v: 2 }, Date.now());
    await expect(beginSession(home)).rejects.toMatchObject({
      message: expect.stringContaining("is being trained by a process of another version"),
    });
    expect(readdirSync(join(home, "sessions"))).toHaveLength(3);
  });

  it("of many at once exactly one wins, whatever is there, and the others make nothing", async () => {
    const before = fc.constantFrom("nothing", "ended", "died", "torn");
    await fc.assert(
      fc.asyncProperty(before, fc.integer({ min: 2, max: 20 }), async (state, count) => {
        rmSync(join(home, "sessions"), { recursive: true, force: true });
        if (state === "ended") put(1, { ...mine, endedAt: mine.startedAt });
        if (state === "died") put(1, { ...mine, pid: gonePid });
        if (state === "torn") put(1, "{");
        const all = await Promise.allSettled(Array.from({ length: count }, () => beginSession(home)));
        const won = all.filter((one): one is PromiseFulfilledResult<Session> => one.status === "fulfilled");
        expect(won).toHaveLength(1);
        for (const one of all) {
          if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "BAD_OPTION" });
        }
        expect(readdirSync(join(home, "sessions"))).toHaveLength(state === "nothing" ? 1 : 2);
        await won[0]?.value.close();
      }),
      { numRuns: 30 },
    );
  });

  it("of many processes at once exactly one wins", async () => {
    const module = JSON.stringify(join(import.meta.dirname, "session.ts"));
    const script = `
      const { beginSession } = await import(${module});
      process.stdout.write("ready");
      process.stdin.once("data", () => {
        const told = (word) => process.stdout.write(word);
        beginSession(${JSON.stringify(home)}).then(() => told("won"), ({ code }) => told(code));
      });`;
    const flags = ["--conditions=@trainscope/source", "--input-type=module", "--eval", script];
    const children = Array.from({ length: 5 }, () => spawn(process.execPath, flags));
    onTestFinished(() => {
      for (const child of children) child.kill("SIGKILL");
    });
    const answers = children.map(listen);
    await vi.waitFor(() => expect(answers.every(({ said }) => said === "ready")).toBe(true), 20_000);
    for (const child of children) child.stdin.write("go");
    await vi.waitFor(() => expect(answers.every(({ said }) => said.length > "ready".length)).toBe(true), 5000);
    expect(answers.map(({ said }) => said.slice("ready".length)).sort()).toEqual([
      ...Array(4).fill("BAD_OPTION"),
      "won",
    ]);
  });

  it("goes by the file system's clock: one machine's is minutes behind that of the other", async () => {
    const isNow = statSync(home).mtimeMs;
    // This machine's, which trains, is behind.
    vi.useFakeTimers({
      now: isNow - 10 * HEARTBEAT_TIMEOUT_MS,
      toFake: ["setInterval", "clearInterval", "Date"],
    });
    const session = await beginSession(home);
    const path = join(home, "sessions/0001.json");
    utimesSync(path, 1, 1);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThanOrEqual(isNow));
    // That of another, which would take the run, is ahead; to it the process is one of another machine.
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), host: theirs.host }));
    vi.setSystemTime(isNow + 10 * HEARTBEAT_TIMEOUT_MS);
    await expect(beginSession(home)).rejects.toMatchObject({ code: "BAD_OPTION" });
    expect(readdirSync(join(home, "sessions"))).toEqual(["0001.json"]);
    await session.close();
  });

  it("is not in the way of another where its process was killed while it made its file", async () => {
    for (const torn of ["", '{"v":1,"pid"']) {
      rmSync(join(home, "sessions"), { recursive: true, force: true });
      put(1, torn, Date.now());
      const session = await beginSession(home);
      expect(await readLiveness(home)).toMatchObject({ processState: "alive", pid: process.pid });
      await session.close();
    }
  });

  it("knows at once, when it is asked, that another process has the run", async () => {
    const onTaken = vi.fn();
    const session = await beginSession(home, { onTaken });
    expect(await session.isOwn()).toBe(true);
    put(2, theirs, Date.now());
    expect([await session.isOwn(), await session.isOwn()]).toEqual([false, false]);
    expect(onTaken).toHaveBeenCalledTimes(1);
    await session.close();
  });

  it("tells a process that was taken for dead, once, that another has the run", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const onTaken = vi.fn();
    const session = await beginSession(home, { onTaken });
    const path = join(home, "sessions/0001.json");
    utimesSync(path, 1, 1);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThan(1000));
    expect(onTaken).not.toHaveBeenCalled();
    put(2, theirs, Date.now());
    await vi.waitFor(() => {
      vi.advanceTimersByTime(HEARTBEAT_MS);
      expect(onTaken).toHaveBeenCalledTimes(1);
    });
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await session.close();
    expect(onTaken).toHaveBeenCalledTimes(1);
    expect(await readLiveness(home)).toMatchObject({ processState: "alive", host: theirs.host });
  });

  it("survives a run whose folder is removed, and doesn't make it again", async () => {
    const folder = join(home, "run");
    mkdirSync(folder);
    const session = await beginSession(folder);
    rmSync(folder, { recursive: true });
    await session.close();
    expect(readdirSync(home)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)("says which folder it may not write to", async () => {
    chmodSync(home, 0o500);
    const refused = beginSession(home);
    await expect(refused).rejects.toMatchObject({
      code: "OUTPUT_NOT_WRITABLE",
      message: `can't write into ${home}: permission denied`,
    });
    chmodSync(home, 0o700);
  });

  it("says so where the run's folder is not there", async () => {
    await expect(beginSession(join(home, "none"))).rejects.toMatchObject({ code: "OUTPUT_NOT_WRITABLE" });
    expect(readdirSync(home)).toEqual([]);
  });
});

function listen(child: ChildProcess): { said: string } {
  const answer = { said: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    answer.said += text;
  });
  return answer;
}
