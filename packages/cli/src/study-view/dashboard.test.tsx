import type { StudyEvent } from "@trainscope/study";
import { ENTER_SCREEN, FakeTerminal } from "@trainscope/tui/testing";
import { Subject } from "rxjs";
import { describe, expect, it, vi } from "vitest";
import { showStudy } from "./dashboard.tsx";
import { BEGINNING } from "./testing/study.ts";

async function started() {
  const events = new Subject<StudyEvent>();
  const terminal = new FakeTerminal();
  const stdout = terminal as unknown as NodeJS.WriteStream;
  const stdin = terminal as unknown as NodeJS.ReadStream;
  const handlers = { onStop: vi.fn(), onInterrupt: vi.fn(() => true), onQuit: vi.fn() };
  const shown = showStudy({ events, ...handlers, stdout, stdin });
  for (const event of BEGINNING) events.next(event);
  await vi.waitFor(() => expect(terminal.written).toContain("Four settings"));
  return { events, terminal, ...shown };
}

describe("showStudy", () => {
  it("draws on the alternate screen, and is done, with the terminal restored, when the events complete", async () => {
    const { events, terminal, done } = await started();
    expect(terminal.written.startsWith(ENTER_SCREEN)).toBe(true);
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

  it("shows in its log what is printed meanwhile", async () => {
    const { terminal, close } = await started();
    console.warn("printed by an engine");
    await vi.waitFor(() => expect(terminal.written).toContain("printed by an engine"));
    await close();
  });
});
