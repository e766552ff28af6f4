import type { TrainingEvent } from "@trainscope/core/events";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { Subject } from "rxjs";
import { describe, expect, it, vi } from "vitest";
import { openDashboard } from "./dashboard.tsx";
import { ENTER_SCREEN, FakeTerminal } from "./testing/fake-terminal.ts";

function show() {
  const events = new Subject<TrainingEvent>();
  const terminal = new FakeTerminal();
  const options = { events, onControl: vi.fn(), onQuit: vi.fn() };
  const stdout = terminal as unknown as NodeJS.WriteStream;
  const stdin = terminal as unknown as NodeJS.ReadStream;
  return { events, terminal, ...openDashboard({ ...options, stdout, stdin }) };
}

async function started() {
  const shown = show();
  for (const event of [at(0, runStart()), ...epochEvents(2)]) shown.events.next(event);
  await vi.waitFor(() => expect(shown.terminal.written).toContain("CIFAR-10"));
  return shown;
}

describe("openDashboard", () => {
  it("draws on the alternate screen before the first event", async () => {
    const { terminal, close } = show();
    await vi.waitFor(() => expect(terminal.written).toContain("warming up"));
    expect(terminal.written.startsWith(ENTER_SCREEN)).toBe(true);
    expect(terminal.raw).toBe(true);
    await close();
  });

  it("is done, and the terminal restored, when the events complete", async () => {
    const { events, terminal, done } = await started();
    events.complete();
    await expect(done).resolves.toBeUndefined();
    expect(terminal.isRestored).toBe(true);
  });

  it("rejects with the error of the events, and the terminal restored", async () => {
    const { events, terminal, done } = await started();
    events.error(new Error("the disk is full"));
    await expect(done).rejects.toThrow("the disk is full");
    expect(terminal.isRestored).toBe(true);
  });

  it("lets go of the events and the terminal when closed, as often as it is asked to", async () => {
    const { events, terminal, done, close } = await started();
    await Promise.all([close(), close()]);
    await close();
    await expect(done).resolves.toBeUndefined();
    expect(events.observed).toBe(false);
    expect(terminal.isRestored).toBe(true);
  });

  it("shows in its log what is printed to the console meanwhile, and gives the console back", async () => {
    const { log } = console;
    const { terminal, close } = await started();
    console.log("printed by %s", "a plugin");
    await vi.waitFor(() => expect(terminal.written).toContain("printed by a plugin"));
    await close();
    expect(console.log).toBe(log);
  });

  it("shows what is written past the console, and gives the streams back", async () => {
    const writes = [process.stdout.write, process.stderr.write];
    const { terminal, close } = await started();
    process.stdout.write("written past the console\n");
    process.stderr.write("and to the other stream\n");
    await vi.waitFor(() => expect(terminal.written).toContain("and to the other stream"));
    expect(terminal.written).toContain("written past the console");
    await close();
    expect([process.stdout.write, process.stderr.write]).toEqual(writes);
  });

  it("gives the streams back when there is nothing to draw on", async () => {
    const { write } = process.stdout;
    const terminal = new FakeTerminal();
    terminal.hasColors = () => {
      throw new Error("no screen");
    };
    const stdout = terminal as unknown as NodeJS.WriteStream;
    const stdin = terminal as unknown as NodeJS.ReadStream;
    const events = new Subject<TrainingEvent>();
    const { done } = openDashboard({ events, onControl: vi.fn(), onQuit: vi.fn(), stdout, stdin });
    await expect(done).rejects.toThrow("no screen");
    expect(process.stdout.write).toBe(write);
  });

  it("takes events that have ended before there is a screen", async () => {
    const events = new Subject<TrainingEvent>();
    events.complete();
    const terminal = new FakeTerminal();
    const stdout = terminal as unknown as NodeJS.WriteStream;
    const stdin = terminal as unknown as NodeJS.ReadStream;
    const { done } = openDashboard({ events, onControl: vi.fn(), onQuit: vi.fn(), stdout, stdin });
    await done;
    expect(terminal.isRestored).toBe(true);
  });
});
