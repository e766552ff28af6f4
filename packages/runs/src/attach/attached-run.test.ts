import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Control, encodeCheckpoint } from "@trainscope/core";
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";
import type { ShownEvent } from "@trainscope/core/source";
import { at, control, epochEvents, progress, runStart } from "@trainscope/core/testing";
import { Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { checkpointAt } from "../checkpoints/testing/checkpoint.ts";
import { beginSession } from "../sessions/session.ts";
import { attachToRun } from "./attached-run.ts";
import { serveRun } from "./run-server.ts";

let folder = "";
let log = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-attached-"));
  log = join(folder, "events.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const epochs = epochEvents(3);
/** Of three epochs: what a log has of it, and the end. */
const START = [at(0, runStart()), ...epochs.map((event, index) => ({ ...event, seq: index + 1 }))];
const END: TrainingEvent = {
  ...at(5000, { type: "run:end", reason: "completed", metrics: {}, epochs: 3, keptEpoch: 3, plugins: [] }),
  seq: 50,
};
const linesOf = (events: readonly TrainingEvent[]): string =>
  events
    .filter(isPersisted)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");

async function attach(wantsControl = false) {
  const notes: string[] = [];
  const shown: ShownEvent[] = [];
  const run = await attachToRun(folder, {
    control: wantsControl,
    onNote: (message) => notes.push(message),
    lookMs: 20,
  });
  const subscription = run.events.subscribe((event) => {
    if (event.type === "restart") shown.length = 0;
    shown.push(event);
  });
  const leave = (): void => subscription.unsubscribe();
  onTestFinished(leave);
  return {
    run,
    notes,
    shown,
    leave,
    shows: (events: readonly ShownEvent[]) => vi.waitFor(() => expect(shown).toEqual(events)),
  };
}

/** A process that trains, in this one. */
async function train() {
  const session = await beginSession(folder);
  const events = new Subject<TrainingEvent>();
  const controls: Control[] = [];
  const server = await serveRun(folder, {
    events,
    onControl: (asked) => controls.push(asked),
    onTrouble: expect.unreachable,
  });
  async function end(): Promise<void> {
    await server.close();
    await session.close();
  }
  onTestFinished(end);
  return { events, controls, server, end };
}

describe("attachToRun", () => {
  it("tells once which lines are damaged or of a newer version, and shows the others", async () => {
    const [first, ...others] = START.filter(isPersisted);
    const strange = [
      { ...END, metrics: 5 },
      { ...END, type: "run:over" },
      { ...END, v: 2 },
    ];
    const lines = strange.map((event) => `${JSON.stringify(event)}\n`).join("");
    writeFileSync(log, `${linesOf([first ?? END])}${lines}${linesOf([...others, END])}`);
    const { run, notes, shows } = await attach();
    await shows([...START.filter(isPersisted), END]);
    await run.over;
    expect(notes).toEqual([
      "events.jsonl, line 2: metrics is 5; expected an object of numbers and nulls; what it told is missing",
      'events.jsonl: type is "run:over", which this version doesn\'t know; it is passed over',
      "events.jsonl: v is 2, of a newer version; this one reads 1; it is passed over",
    ]);
  });

  it("shows a run that has ended from its log, and is over at once", async () => {
    const all = [...START.filter(isPersisted), END];
    writeFileSync(log, linesOf(all));
    const { run, shows } = await attach();
    await shows(all);
    expect(await run.over).toMatchObject({ processState: "ended", end: END });
    expect(run.source.snapshot()).toMatchObject({ kind: "attached", processState: "ended", mayControl: false });
  });

  it("shows every event once, from the log and then from the process, and may leave and come back", async () => {
    const { events } = await train();
    const [before, after] = [START.slice(0, 5), START.slice(5)];
    for (const event of before) events.next(event);
    // Not all of it is on the disk yet.
    writeFileSync(log, linesOf(before.slice(0, 2)));
    const first = await attach();
    await first.shows(before.filter(isPersisted));
    expect(first.run.source.snapshot()).toMatchObject({ processState: "alive" });
    const live: TrainingEvent[] = [...after, { ...at(4000, progress(4, 7)), seq: 40 }];
    for (const event of live) events.next(event);
    await first.shows([...before.filter(isPersisted), ...live]);
    first.leave();
    await appendFile(log, linesOf([...before.slice(2), ...after]));
    const second = await attach();
    await second.shows(START.filter(isPersisted));
    events.next(END);
    await second.shows([...START.filter(isPersisted), END]);
    expect(await second.run.over).toMatchObject({ end: END });
  });

  it("goes on from the log where the process let go of it, and with the process when it answers again", async () => {
    writeFileSync(log, linesOf(START.slice(0, 4)));
    const one = await train();
    const { shown, shows, run } = await attach();
    await vi.waitFor(() => expect(one.server.hasViewers()).toBe(true));
    await one.server.close();
    await appendFile(log, linesOf(START.slice(4)));
    await shows(START.filter(isPersisted));
    expect(run.outcome().processState).toBe("alive");
    const again = new Subject<TrainingEvent>();
    const server = await serveRun(folder, {
      events: again,
      onControl: () => {},
      onTrouble: expect.unreachable,
    });
    onTestFinished(() => server.close());
    await vi.waitFor(() => expect(server.hasViewers()).toBe(true));
    const live = { ...at(4000, progress(4, 7)), seq: 40 };
    await vi.waitFor(() => {
      again.next(live);
      expect(shown.at(-1)).toEqual(live);
    });
  });

  it("goes on with a run that died and is continued from an earlier place", async () => {
    writeFileSync(log, linesOf(START));
    const { shows, run } = await attach();
    await shows(START.filter(isPersisted));
    const resume: TrainingEvent = {
      ...at(9000, {
        type: "run:resume",
        epoch: 1,
        batch: 100,
        environment: { engine: "wasm", precision: "float32", threads: 2 },
      }),
      seq: 4,
    };
    const kept = START.filter(({ seq }) => seq < 4);
    writeFileSync(log, linesOf(kept));
    const { events } = await train();
    events.next(resume);
    const restart: ShownEvent = { type: "restart" };
    await shows([restart, ...kept.filter(isPersisted), resume]);
    events.next(END);
    await shows([restart, ...kept.filter(isPersisted), resume, END]);
    expect(await run.over).toMatchObject({ end: END });
  });

  it("isn't kept busy by a log and a process that contradict each other", async () => {
    writeFileSync(log, linesOf(START));
    const { events } = await train();
    let restarts = 0;
    const other = START.map((event) => ({ ...event, time: event.time + 1 }));
    const again = await attachToRun(folder, { control: false, onNote: () => {} });
    const subscription = again.events.subscribe(({ type }) => void (type === "restart" && restarts++));
    onTestFinished(() => subscription.unsubscribe());
    for (const event of other) events.next(event);
    await vi.waitFor(() => expect(restarts).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 300));
    // Two by now, a hundred without a pause.
    expect(restarts).toBeLessThan(20);
  });

  it("tells when the process that trained it is gone without an end", async () => {
    writeFileSync(log, linesOf(START));
    mkdirSync(join(folder, "sessions"));
    const session = {
      v: 1,
      pid: 2 ** 22 + 1,
      host: (await import("node:os")).hostname(),
      startedAt: new Date(),
      endedAt: null,
    };
    writeFileSync(join(folder, "sessions/0001.json"), JSON.stringify(session));
    const { run, shows } = await attach();
    await shows(START.filter(isPersisted));
    expect(await run.over).toMatchObject({
      processState: "died",
      end: undefined,
      lastHeartbeat: expect.any(Number),
    });
    await expect(attach(true)).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: expect.stringMatching(/^can't control .*: its process died; the last sign was at \d{4}-/),
    });
  });

  it("shows the model of the newest checkpoint that is whole, and each newer one", async () => {
    writeFileSync(log, linesOf(START.slice(0, 1)));
    const checkpoints = join(folder, "checkpoints");
    mkdirSync(checkpoints);
    const put = async (epoch: number) =>
      writeFileSync(
        join(checkpoints, `epoch-000${epoch}.safetensors`),
        await encodeCheckpoint(checkpointAt(epoch)),
      );
    const model = (epoch: number): ShownEvent => ({
      type: "parameters",
      epoch,
      values: checkpointAt(epoch).parameters,
    });
    await put(1);
    await put(2);
    writeFileSync(join(checkpoints, "epoch-0003.safetensors"), "torn");
    const { shown } = await attach();
    await vi.waitFor(() => expect(shown.slice(1)).toEqual([model(2)]));
    await put(4);
    await vi.waitFor(() => expect(shown.slice(1)).toEqual([model(2), model(4)]));
  });

  it("asks the process for what is asked for here, as the only one, until it is gone", async () => {
    writeFileSync(log, linesOf(START));
    const { controls, events, end } = await train();
    const { run, notes, shown } = await attach(true);
    expect(run.source.snapshot()).toMatchObject({ mayControl: true });
    run.request({ action: "pause" });
    await vi.waitFor(() => expect(controls).toEqual([{ action: "pause" }]));
    const paused = { ...at(6000, control("pause")), seq: 60 };
    events.next(paused);
    await vi.waitFor(() => expect(shown.at(-1)).toEqual(paused));
    await expect(attach(true)).rejects.toMatchObject({
      message: `can't control ${folder}: another terminal has control of the run`,
    });
    const watching = await attach();
    watching.run.request({ action: "stop" });
    expect(watching.notes).toEqual(["nothing was changed: this terminal doesn't control the run"]);
    await end();
    await vi.waitFor(() =>
      expect(run.source.snapshot()).toMatchObject({ mayControl: false, processState: "ended" }),
    );
    expect(notes).toEqual(["the run can't be controlled any more: the process that trained it is gone"]);
    expect(controls).toEqual([{ action: "pause" }]);
  });
});
