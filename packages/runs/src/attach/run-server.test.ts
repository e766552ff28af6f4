import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { at, control, progress, runStart } from "@trainscope/core/testing";
import { Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { PROTOCOL_VERSION } from "./protocol.ts";
import { connectToRun } from "./run-client.ts";
import { serveRun } from "./run-server.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-serve-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function serve(where = folder) {
  const events = new Subject<TrainingEvent>();
  const controls: Control[] = [];
  const troubles: string[] = [];
  const writers: boolean[] = [];
  const server = await serveRun(where, {
    events,
    onControl: (control) => controls.push(control),
    onWriter: (isThere) => writers.push(isThere),
    onTrouble: (message) => troubles.push(message),
  });
  onTestFinished(() => server.close());
  return { events, controls, writers, troubles, server };
}

async function view(where = folder) {
  const heard: TrainingEvent[] = [];
  const unread: string[] = [];
  const refused: string[] = [];
  let isClosed = false;
  const connection = await connectToRun(where, {
    onOpen: () => {},
    onEvent: (event) => heard.push(event),
    onUnread: (reason) => unread.push(reason),
    onRefused: (reason) => refused.push(reason),
    onClose: () => {
      isClosed = true;
    },
  });
  if (typeof connection === "string") throw new Error(connection);
  onTestFinished(() => connection.close());
  return { connection, heard, unread, refused, isClosed: () => isClosed };
}

/** Lines as they come back for what is sent. */
async function talk(...sent: readonly string[]): Promise<string[]> {
  const socket = connect(join(folder, "control.sock"));
  onTestFinished(() => void socket.destroy());
  let answers = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    answers += text;
  });
  for (const text of sent) socket.write(text);
  const lines = (): string[] => answers.trim().split("\n").slice(1);
  await vi.waitFor(() => expect(lines().length).toBeGreaterThanOrEqual(sent.length));
  return lines();
}

const start = at(0, runStart());
const nothing = { onOpen() {}, onEvent() {}, onUnread() {}, onRefused() {}, onClose() {} };

describe("serveRun", () => {
  it("removes what a process left that was killed before its socket had its place, and nothing else", async () => {
    for (const name of [".control-aB3xYz", ".control-mine"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, ".control-aB3xYz/control.sock"), "");
    await serve();
    expect(readdirSync(folder).sort()).toEqual([".control-mine", "control.sock"]);
  });

  it("gives each viewer what was told lately and all that follows, in order, unlogged events included", async () => {
    const { events, server } = await serve();
    events.next(start);
    expect(server.hasViewers()).toBe(false);
    const one = await view();
    expect(server.hasViewers()).toBe(true);
    const later = [at(1, progress(1, 3)), at(2, control("pause"))];
    for (const event of later) events.next(event);
    await vi.waitFor(() => expect(one.heard).toEqual([start, ...later]));
    const other = await view();
    await vi.waitFor(() => expect(other.heard).toEqual([start, later[1]]));
    one.connection.close();
    other.connection.close();
    await vi.waitFor(() => expect(server.hasViewers()).toBe(false));
  });

  it("has a socket that is its owner's alone, and leaves nothing of it", async () => {
    const { server } = await serve();
    expect(statSync(join(folder, "control.sock")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["control.sock"]);
    const { isClosed } = await view();
    await server.close();
    expect(readdirSync(folder)).toEqual([]);
    await vi.waitFor(() => expect(isClosed()).toBe(true));
    expect(await connectToRun(folder, nothing)).toBe("it has no socket");
  });

  it("tells viewers of an event that came right before the end", async () => {
    const { events, server } = await serve();
    const { heard } = await view();
    events.next(start);
    await server.close();
    await vi.waitFor(() => expect(heard).toEqual([start]));
  });

  it("lets one viewer at a time control the run, and tells when one does", async () => {
    const { controls, writers, server } = await serve();
    const [one, other] = [await view(), await view()];
    one.connection.send({ action: "pause" });
    await vi.waitFor(() => expect(one.refused).toHaveLength(1));
    expect(await one.connection.claim()).toBeUndefined();
    expect(await one.connection.claim()).toBeUndefined();
    expect(await other.connection.claim()).toBe("another terminal has control of the run");
    other.connection.send({ action: "stop" });
    await vi.waitFor(() => expect(other.refused).toHaveLength(1));
    const asked: Control[] = [
      { action: "learningRate", to: 0.5 },
      { action: "step", unit: "batch" },
      { action: "step" },
    ];
    for (const control of asked) one.connection.send(control);
    await vi.waitFor(() => expect(controls).toEqual(asked));
    expect(writers).toEqual([true]);
    one.connection.close();
    await vi.waitFor(async () => expect(await other.connection.claim()).toBeUndefined());
    await server.close();
    // That the run itself ends is no news.
    expect(writers).toEqual([true, false, true]);
  });

  it.each([
    ["{", 'expected {"claim": true} or {"control": {...}}; found {'],
    ["null", 'expected {"claim": true} or {"control": {...}}; found null'],
    ["\u0000\u001b[2J", 'expected {"claim": true} or {"control": {...}}; found  '],
    ['{"control": 3}', "control is 3; expected an object"],
    ['{"control": {"action": "__proto__"}}', 'control.action is "__proto__"; expected one of pause, '],
    ['{"control": {"action": "lambda"}}', "control.to is missing; expected a number of at least 0 for lambda"],
    ['{"control": {"action": "lambda", "to": "1"}}', 'control.to is "1"; expected'],
    ['{"control": {"action": "learningRate", "to": 1e999}}', "control.to is Infinity; expected"],
    ['{"control": {"action": "epochs", "to": 1.5}}', "control.to is 1.5; expected a whole number"],
    ['{"control": {"action": "step", "unit": "year"}}', 'control.unit is "year"; expected'],
    ["x".repeat(5000), "the line is longer than 4096 bytes"],
  ])("answers %s with a refusal, and does nothing", async (line, reason) => {
    const { controls } = await serve();
    const [granted, refused] = await talk('{"claim": true}\n', `${line}\n`);
    expect(granted).toBe('{"granted":true}');
    expect((JSON.parse(refused ?? "") as { refused: string }).refused).toContain(reason);
    expect(controls).toEqual([]);
  });

  it("shows a viewer the door that sends nothing but garbage, or never reads", async () => {
    const { events, server } = await serve();
    const babbler = connect(join(folder, "control.sock"));
    onTestFinished(() => void babbler.destroy());
    const gone = new Promise((resolve) => babbler.on("close", resolve));
    babbler.on("error", () => {}).resume();
    babbler.write("nonsense\n".repeat(200));
    await gone;
    const sleeper = connect(join(folder, "control.sock"));
    onTestFinished(() => void sleeper.destroy());
    sleeper.on("error", () => {}).pause();
    await vi.waitFor(() => expect(server.hasViewers()).toBe(true));
    const { heard } = await view();
    const long = at(1, runStart([], "x".repeat(100_000)));
    let sent = 0;
    // The other one, who reads, has all of them.
    for (; sent < 30; sent++) {
      events.next(long);
      await vi.waitFor(() => expect(heard).toHaveLength(sent + 1));
    }
    await new Promise((resolve) => sleeper.resume().once("close", resolve));
    expect(server.hasViewers()).toBe(true);
  });

  it("works in a folder whose path is longer than a socket's may be", async () => {
    const deep = join(folder, "d".repeat(90), "é".repeat(60));
    mkdirSync(deep, { recursive: true });
    const { events, server, troubles } = await serve(deep);
    const { heard } = await view(deep);
    events.next(start);
    await vi.waitFor(() => expect(heard).toEqual([start]));
    await server.close();
    expect(readdirSync(deep)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it("replaces what is in the socket's place, and leaves the socket of a process that took its place", async () => {
    writeFileSync(join(folder, "control.sock"), "");
    const first = await serve();
    const second = await serve();
    await first.server.close();
    expect(existsSync(join(folder, "control.sock"))).toBe(true);
    await view();
    expect([...first.troubles, ...second.troubles]).toEqual([]);
  });

  it("tells once that a folder can hold no socket, and goes on", async () => {
    const { events, server, troubles } = await serve(join(folder, "missing"));
    expect(troubles).toEqual([
      "trainscope attach can't reach this run, only read its log: its folder does not exist",
    ]);
    events.next(start);
    expect(server.hasViewers()).toBe(false);
    await server.close();
  });
});

describe("connectToRun", () => {
  it("passes over events that lack something or are of a newer version, and says so", async () => {
    const messages = [
      { hello: 1 },
      { event: { v: 1, type: "epoch:end", seq: 1, time: 1, runId: "a" } },
      { event: { ...start, v: 1, type: "epoch:half" } },
      { event: "x" },
      { event: start },
    ];
    const text = messages.map((message) => `${JSON.stringify(message)}\n`).join("");
    const answer = createServer((socket) => void socket.write(text));
    await new Promise<void>((resolve) => answer.listen(join(folder, "control.sock"), resolve));
    onTestFinished(() => void answer.close());
    const { heard, unread } = await view();
    await vi.waitFor(() => expect(heard).toEqual([start]));
    expect(unread).toEqual([
      "epoch is missing; expected a whole number",
      'type is "epoch:half", which this version doesn\'t know',
      'it is "x"; expected an object',
    ]);
  });

  it("gives up where what answers is of another version", async () => {
    const answer = createServer((socket) => void socket.write('{"hello": 99}\n'));
    await new Promise<void>((resolve) => answer.listen(join(folder, "control.sock"), resolve));
    onTestFinished(() => void answer.close());
    expect(await connectToRun(folder, nothing)).toBe("its process is of another version of trainscope");
  });
});

describe("connectToRun", () => {
  it("gives up a process that doesn't say whether it grants control, and leaves it", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    let hasLeft = false;
    const mute = createServer((socket) => {
      socket.on("close", () => {
        hasLeft = true;
      });
      socket.resume().write(`${JSON.stringify({ hello: PROTOCOL_VERSION })}\n`);
    });
    await new Promise<void>((resolve) => mute.listen(join(folder, "control.sock"), resolve));
    onTestFinished(() => void mute.close());
    const { connection, isClosed } = await view();
    const claimed = connection.claim();
    vi.advanceTimersByTime(2000);
    expect(await claimed).toBe("its process doesn't answer");
    expect(isClosed()).toBe(true);
    await vi.waitFor(() => expect(hasLeft).toBe(true));
  });
});
