import type { Control, TrainingEvent } from "@trainscope/core";
import { Text } from "ink";
import { render } from "ink-testing-library";
import { Subject } from "rxjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ConnectedStore, connectStore } from "../model/store.ts";
import { at, epochEvents, runStart } from "../testing/events.ts";
import { createTheme } from "../theme.ts";
import { Dashboard } from "./app.tsx";

const CTRL_C = "\u0003";
const ESCAPE = "\u001b";

let close: (() => void) | undefined;

afterEach(() => {
  close?.();
  close = undefined;
});

/** A dashboard on a terminal of the size, with keys to press. */
async function open(columns = 80, rows = 24) {
  const events = new Subject<TrainingEvent>();
  const onControl = vi.fn<(control: Control) => void>();
  const onQuit = vi.fn();
  const onInterrupt = vi.fn();
  const store: ConnectedStore = connectStore(events, { now: Date.now, onEnd: () => {}, frameMs: () => 1 });
  const app = render(<Text />);
  const resize = (width: number, height: number): void => {
    Object.defineProperty(app.stdout, "columns", { value: width, configurable: true });
    Object.defineProperty(app.stdout, "rows", { value: height, configurable: true });
    app.stdout.emit("resize");
  };
  resize(columns, rows);
  app.rerender(
    <Dashboard
      store={store}
      formats={new Map()}
      theme={createTheme({ color: false, ascii: false })}
      onControl={onControl}
      onQuit={onQuit}
      onInterrupt={onInterrupt}
    />,
  );
  close = () => {
    store.disconnect();
    app.unmount();
  };
  for (const event of [at(0, runStart()), ...epochEvents(3)]) events.next(event);
  await settle();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      app.stdin.write(key);
      await settle();
    }
  };
  return { app, events, onControl, onQuit, onInterrupt, press, resize, frame: () => app.lastFrame() ?? "" };
}

/** Long enough for a frame, and for Ink to tell a lone Esc from the start of a sequence. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}

describe("Dashboard", () => {
  it.each([
    [" ", "pause"],
    ["p", "pause"],
    ["s", "step"],
    ["x", "stop"],
    [CTRL_C, "stop"],
  ] as const)("asks with %j for %s", async (key, action) => {
    const { onControl, onQuit, onInterrupt, press } = await open();
    await press(key);
    expect(onControl.mock.calls).toEqual([[{ action }]]);
    expect(onInterrupt).toHaveBeenCalledTimes(key === CTRL_C ? 1 : 0);
    expect(onQuit).not.toHaveBeenCalled();
  });

  it("shows at once that a pause was asked for, and resumes with the same key", async () => {
    const { onControl, press, frame } = await open();
    await press("p");
    expect(frame()).toContain("pausing…");
    await press("p");
    expect(onControl.mock.calls).toEqual([[{ action: "pause" }], [{ action: "resume" }]]);
  });

  it("stops at the first Ctrl-C, says so, and leaves at the second", async () => {
    const { onControl, onQuit, onInterrupt, press, frame } = await open();
    await press(CTRL_C);
    expect(frame()).toContain("finishing the batch, then saving… Ctrl-C again leaves now");
    await press(CTRL_C);
    expect(onControl.mock.calls).toEqual([[{ action: "stop" }]]);
    expect(onInterrupt).toHaveBeenCalledTimes(2);
    expect(onQuit).toHaveBeenCalledTimes(1);
  });

  it("asks once more before it quits, and takes it back with Esc or any other key", async () => {
    const { onQuit, press, frame } = await open();
    for (const other of [ESCAPE, "a"]) {
      await press("q");
      expect(frame()).toContain("Leave now without saving?");
      await press(other);
      expect(frame()).not.toContain("Leave now");
    }
    expect(onQuit).not.toHaveBeenCalled();
    await press("q", "q");
    expect(onQuit).toHaveBeenCalledTimes(1);
  });

  it("opens the help with ? or h and closes it with Esc", async () => {
    const { press, frame } = await open();
    for (const key of ["?", "h"]) {
      await press(key);
      expect(frame()).toContain("train one epoch, then pause");
      await press(ESCAPE);
      expect(frame()).not.toContain("train one epoch, then pause");
    }
  });

  it("does nothing for unknown keys", async () => {
    const { onControl, onQuit, press, frame } = await open();
    const before = frame();
    await press("a", "\r", "\u001b[A", "\t", "9");
    expect(onControl).not.toHaveBeenCalled();
    expect(onQuit).not.toHaveBeenCalled();
    expect(frame()).toBe(before);
  });

  it("follows the size of the terminal", async () => {
    const { frame, resize } = await open(80, 24);
    for (const [columns, rows] of [
      [120, 40],
      [60, 18],
      [200, 60],
    ] as const) {
      resize(columns, rows);
      await settle();
      const lines = frame().split("\n");
      expect(lines.length).toBe(rows);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
      expect(frame()).toContain("Accuracy");
    }
    resize(40, 10);
    await settle();
    expect(frame()).toContain("terminal too small");
  });
});
