import type { StudyEvent } from "@trainscope/study";
import { createTheme } from "@trainscope/tui/parts";
import { Text } from "ink";
import { render } from "ink-testing-library";
import { Subject } from "rxjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { connectStudy } from "../model/store.ts";
import { BEGINNING, trialEnd, trialOf } from "../testing/study.ts";
import { StudyDashboard } from "./app.tsx";

const CTRL_C = "\u0003";
const ESCAPE = "\u001b";
const UP = "\u001b[A";
const DOWN = "\u001b[B";

let close: (() => void) | undefined;

afterEach(() => {
  close?.();
  close = undefined;
});

/** A dashboard on a terminal of 80 x 24 after twenty trials, with keys to press. */
async function open() {
  const events = new Subject<StudyEvent>();
  const handlers = { onStop: vi.fn(), onInterrupt: vi.fn(() => true), onQuit: vi.fn() };
  const store = connectStudy(events, { now: Date.now, onEnd: () => {}, frameMs: () => 1 });
  const app = render(<Text />);
  Object.defineProperty(app.stdout, "columns", { value: 80, configurable: true });
  Object.defineProperty(app.stdout, "rows", { value: 24, configurable: true });
  app.stdout.emit("resize");
  app.rerender(
    <StudyDashboard store={store} theme={createTheme({ color: false, ascii: false })} {...handlers} />,
  );
  close = () => {
    store.disconnect();
    app.unmount();
  };
  const ends = Array.from({ length: 20 }, (_, index) =>
    trialEnd(trialOf(index, "search"), 20_000 + index, 0.3),
  );
  for (const event of [...BEGINNING, ...ends]) events.next(event);
  await settle();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      app.stdin.write(key);
      await settle();
    }
  };
  return { ...handlers, events, store, press, frame: () => app.lastFrame() ?? "" };
}

/** Long enough for a frame, and for Ink to tell a lone Esc from the start of a sequence. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}

describe("StudyDashboard", () => {
  it("stops once with x, and says so at once", async () => {
    const { onStop, onInterrupt, onQuit, press, frame } = await open();
    await press("x", "x");
    expect(onStop).toHaveBeenCalledTimes(1);
    expect([onInterrupt.mock.calls, onQuit.mock.calls]).toEqual([[], []]);
    expect(frame()).toContain("stopping…");
  });

  it("stops at the first Ctrl-C and leaves at the second, both counted as interrupts", async () => {
    const { onStop, onInterrupt, onQuit, press } = await open();
    await press(CTRL_C);
    expect([onStop.mock.calls.length, onQuit.mock.calls.length]).toEqual([1, 0]);
    await press(CTRL_C);
    expect([onStop.mock.calls.length, onQuit.mock.calls.length]).toEqual([1, 1]);
    expect(onInterrupt).toHaveBeenCalledTimes(2);
  });

  it("does nothing for a Ctrl-C that is the one before, come again", async () => {
    const { onStop, onInterrupt, onQuit, press } = await open();
    await press(CTRL_C);
    onInterrupt.mockReturnValueOnce(false);
    await press(CTRL_C);
    expect([onStop.mock.calls.length, onQuit.mock.calls.length]).toEqual([1, 0]);
  });

  it("quits at the second q, and takes the first back with Esc or any other key", async () => {
    const { onQuit, press, frame } = await open();
    for (const other of [ESCAPE, "a", UP]) {
      await press("q");
      expect(frame()).toContain("q again leaves");
      await press(other);
      expect(frame()).not.toContain("q again leaves");
    }
    expect(onQuit).not.toHaveBeenCalled();
    await press("q", "q");
    expect(onQuit).toHaveBeenCalledTimes(1);
  });

  it("scrolls with arrows, j and k; what comes meanwhile doesn't move what is shown", async () => {
    const { events, press, frame } = await open();
    expect(frame()).toContain("–20 of 20");
    await press(UP, "k");
    expect(frame()).toContain("–18 of 20");
    events.next(trialEnd(trialOf(20, "search"), 30_000, 0.3));
    await settle();
    expect(frame()).toContain("–18 of 21");
    await press("j", DOWN, DOWN);
    expect(frame()).toContain("–21 of 21");
    events.next(trialEnd(trialOf(21, "search"), 30_001, 0.3));
    await settle();
    expect(frame()).toContain("–22 of 22");
  });

  it("opens and closes the help", async () => {
    const { press, frame } = await open();
    await press("?");
    expect(frame()).toContain("same command goes on");
    await press(ESCAPE);
    expect(frame()).not.toContain("same command goes on");
  });
});
