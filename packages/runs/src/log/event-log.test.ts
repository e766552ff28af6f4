import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isPersisted } from "@trainscope/core/events";
import { readEventLog } from "@trainscope/core/log";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEventLog } from "./event-log.ts";

let home = "";
let path = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-log-"));
  path = join(home, "events.jsonl");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const start = at(0, runStart());
const inFile = () => readEventLog(readFileSync(path, "utf8"));

describe("createEventLog", () => {
  it("has every persisted event in order once it is closed, and no others", async () => {
    const events = [start, ...epochEvents(3)];
    const log = await createEventLog(path, expect.unreachable);
    for (const event of events) log.add(event);
    expect(await log.close()).toBeUndefined();
    expect(events.every(isPersisted)).toBe(false);
    expect(inFile()).toMatchObject({ events: events.filter(isPersisted), problems: [], torn: false });
  });

  it("is on the disk up to each epoch's end while the run goes on", async () => {
    const log = await createEventLog(path, expect.unreachable);
    const first = [start, ...epochEvents(1)].filter(isPersisted);
    for (const event of first) log.add(event);
    await vi.waitFor(() => expect(inFile().events).toEqual(first));
    log.add(at(9, { type: "epoch:start", epoch: 2, epochs: 2 }));
    log.add(at(10, { type: "epoch:end", epoch: 2, epochs: 2, learningRate: 1, metrics: {}, timing }));
    await vi.waitFor(() => expect(inFile().events).toHaveLength(first.length + 2));
    await log.close();
  });

  it("has all that was added when a flush is done, whatever was written before", async () => {
    const log = await createEventLog(path, expect.unreachable);
    const events = [start, ...epochEvents(2)].filter(isPersisted);
    for (const [index, event] of events.entries()) {
      log.add(event);
      if (index % 3 > 0) continue;
      await log.flush();
      expect(inFile().events).toEqual(events.slice(0, index + 1));
    }
    await log.close();
    expect(inFile().events).toEqual(events);
  });

  it("writes nothing once it may not, and says at the end what that leaves out", async () => {
    const told: string[] = [];
    let isOwn = true;
    const log = await createEventLog(
      path,
      (reason) => told.push(reason),
      async () => {
        if (!isOwn) throw new Error("it is another's");
      },
    );
    log.add(start);
    expect(await log.flush()).toBe(true);
    isOwn = false;
    log.add(at(1, { type: "epoch:start", epoch: 1, epochs: 2 }));
    expect(await log.flush()).toBe(false);
    expect(await log.close()).toBe("it is another's");
    expect([told, inFile().events]).toEqual([["it is another's"], [start]]);
  });

  it("writes over nothing that another has written behind its lines", async () => {
    const told: string[] = [];
    const log = await createEventLog(path, (reason) => told.push(reason));
    log.add(start);
    expect(await log.flush()).toBe(true);
    appendFileSync(path, "another's\n");
    const before = readFileSync(path, "utf8");
    for (const event of epochEvents(2)) log.add(event);
    expect([await log.flush(), await log.flush()]).toEqual([false, false]);
    expect(await log.close()).toBe("something else has written to it");
    expect([told, readFileSync(path, "utf8")]).toEqual([["something else has written to it"], before]);
  });

  it("tells once that it can't be written, and has all of it when that has passed", async () => {
    const told: string[] = [];
    const log = await createEventLog(path, (reason) => told.push(reason));
    renameSync(path, `${path}.away`);
    const events = [start, ...epochEvents(2)];
    log.add(start);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    for (const event of events.slice(1)) log.add(event);
    await vi.waitFor(() => expect(told).toEqual(["it is no longer there"]));
    renameSync(`${path}.away`, path);
    expect(await log.close()).toBeUndefined();
    expect(inFile().events).toEqual(events.filter(isPersisted));
  });

  it("says at the end what it could not mend, and never makes a log without its beginning", async () => {
    const log = await createEventLog(path, () => {});
    log.add(start);
    await vi.waitFor(() => expect(inFile().events).toHaveLength(1));
    truncateSync(path, 10);
    for (const event of epochEvents(1)) log.add(event);
    expect(await log.close()).toBe("something else has cut it short");
    expect(readFileSync(path)).toHaveLength(10);
  });

  it("writes over what a failed write has left behind its last whole line", async () => {
    const log = await createEventLog(path, expect.unreachable);
    log.add(start);
    await vi.waitFor(() => expect(inFile().events).toHaveLength(1));
    appendFileSync(path, '{"v":1,"se');
    for (const event of epochEvents(1)) log.add(event);
    await log.close();
    expect(inFile()).toMatchObject({ problems: [], torn: false });
  });

  it("refuses to write over a log that is there", async () => {
    await createEventLog(path, () => {});
    await expect(createEventLog(path, () => {})).rejects.toMatchObject({ code: "EEXIST" });
  });
});

const timing = { trainMs: 1, evaluateMs: 1 };
