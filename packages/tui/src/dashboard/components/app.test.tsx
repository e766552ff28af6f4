import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import {
  createSourceStore,
  type ReplayCommand,
  type Source,
  type SourceStore,
  TRAINING,
} from "@trainscope/core/source";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { Text } from "ink";
import { render } from "ink-testing-library";
import { Subject } from "rxjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ConnectedStore, connectStore } from "../model/store.ts";
import type { MouseEvent } from "../terminal/input.ts";
import type { Mouse } from "../terminal/mouse.ts";
import { change } from "../testing/events.ts";
import { createTheme } from "../text/theme.ts";
import { Dashboard } from "./app.tsx";
import { MouseContext } from "./mouse-context.ts";

const CTRL_C = "\u0003";
const ESCAPE = "\u001b";
const ENTER = "\r";
const BACKSPACE = "\u007f";
const DOWN = "\u001b[B";
const SHIFT_TAB = "\u001b[Z";

let close: (() => void) | undefined;

afterEach(() => {
  close?.();
  close = undefined;
});

/** A dashboard on a terminal of the size, with keys to press. */
async function open(columns = 80, rows = 24, source: SourceStore = TRAINING) {
  const events = new Subject<TrainingEvent>();
  const onControl = vi.fn<(control: Control) => void>();
  const onQuit = vi.fn();
  const onInterrupt = vi.fn(() => true);
  const onPicture = vi.fn();
  const onReplay = vi.fn<(command: ReplayCommand) => void>();
  const onFork = vi.fn();
  const store: ConnectedStore = connectStore(events, { now: Date.now, onEnd: () => {}, frameMs: () => 1 });
  const app = render(<Text />);
  const resize = (width: number, height: number): void => {
    Object.defineProperty(app.stdout, "columns", { value: width, configurable: true });
    Object.defineProperty(app.stdout, "rows", { value: height, configurable: true });
    app.stdout.emit("resize");
  };
  resize(columns, rows);
  const mice = new Subject<MouseEvent>();
  const mouse: Mouse = {
    subscribe(onMouse) {
      const listening = mice.subscribe(onMouse);
      return () => listening.unsubscribe();
    },
  };
  app.rerender(
    <MouseContext value={mouse}>
      <Dashboard
        store={store}
        formats={new Map()}
        theme={createTheme({ color: false, ascii: false })}
        onControl={onControl}
        onQuit={onQuit}
        onInterrupt={onInterrupt}
        onReplay={onReplay}
        onFork={onFork}
        source={source}
        onPicture={onPicture}
      />
    </MouseContext>,
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
  const point = async (action: MouseEvent["action"], column: number, row: number): Promise<void> => {
    mice.next({ kind: "mouse", action, column, row, button: 0 });
    await settle();
  };
  const click = (column: number, row: number) => point("press", column, row);
  const wheel = (action: "wheel-up" | "wheel-down") => point(action, 10, 10);
  return {
    app,
    click,
    wheel,
    events,
    onControl,
    onQuit,
    onInterrupt,
    onPicture,
    onReplay,
    onFork,
    press,
    resize,
    frame: () => app.lastFrame() ?? "",
  };
}

/** Long enough for a frame, and for Ink to tell a lone Esc from the start of a sequence. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}

describe("Dashboard", () => {
  it.each([
    [" ", { action: "pause" }],
    ["p", { action: "pause" }],
    ["s", { action: "step" }],
    ["b", { action: "step", unit: "batch" }],
    ["c", { action: "checkpoint" }],
    ["o", { action: "export" }],
    [CTRL_C, { action: "stop" }],
  ] as const)("asks with %j for %o", async (key, control) => {
    const { onControl, onQuit, onInterrupt, press } = await open();
    await press(key);
    expect(onControl.mock.calls).toEqual([[control]]);
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

  it("does nothing for a Ctrl-C that is the one before, come again", async () => {
    const { onControl, onQuit, onInterrupt, press } = await open();
    await press(CTRL_C);
    onInterrupt.mockReturnValueOnce(false);
    await press(CTRL_C);
    expect([onControl.mock.calls.length, onQuit.mock.calls.length]).toEqual([1, 0]);
  });

  it("asks what a stop means: on Esc it goes on, on Enter it saves, on a second q it leaves", async () => {
    const { onControl, onQuit, press, frame } = await open();
    for (const key of ["x", "q"]) {
      await press(key);
      expect(frame()).toContain("Stop training?");
      await press(ESCAPE);
      expect(frame()).not.toContain("Stop training?");
    }
    expect(onQuit).not.toHaveBeenCalled();
    expect(onControl).not.toHaveBeenCalled();
    await press("q", "q");
    expect(onQuit).toHaveBeenCalledTimes(1);
    await press("x", ENTER);
    expect(onControl.mock.calls).toEqual([[{ action: "stop" }]]);
  });

  it("leaves on q twice also where both come in one piece", async () => {
    const { onQuit, press } = await open();
    await press("qq");
    expect(onQuit).toHaveBeenCalledTimes(1);
  });

  it("hears the mouse: a click selects a tab, the wheel scrolls what is there", async () => {
    const { click, frame, wheel } = await open();
    const column = frame().split("\n")[1]?.indexOf("Help") ?? 0;
    await click(column, 1);
    expect(frame()).toContain("train one epoch, then pause");
    await wheel("wheel-down");
    expect(frame()).not.toContain("space, p");
    await wheel("wheel-up");
    expect(frame()).toContain("space, p");
  });

  it("changes a setting: typed, asked for, made, and undone", async () => {
    const { events, onControl, press, frame } = await open();
    await press("e");
    expect(frame()).toContain("Settings from the next batch on");
    await press(DOWN, "0", ".5x", BACKSPACE, "2", ENTER);
    expect(frame()).not.toContain("Settings from the next batch on");
    expect(frame()).toContain("asked: L2 penalty 0.2");
    expect(onControl.mock.calls).toEqual([[{ action: "lambda", to: 0.2 }]]);
    events.next(at(9000, change("lambda", 0.1, 0.2)));
    await settle();
    expect(frame()).not.toContain("asked:");
    expect(frame()).toContain("λ 0.2");
    await press("u");
    expect(onControl.mock.lastCall).toEqual([{ action: "lambda", to: 0.1 }]);
  });

  it("says what is wrong with a setting, and asks for nothing", async () => {
    const { onControl, press, frame } = await open();
    await press("e", "0", ENTER);
    expect(frame()).toContain("learning rate 0: expected a number above 0");
    await press(ESCAPE);
    expect(frame()).not.toContain("expected a number");
    expect(onControl).not.toHaveBeenCalled();
  });

  it("opens the help with ? or h and goes back with Esc", async () => {
    const { press, frame } = await open();
    for (const key of ["?", "h"]) {
      await press(key);
      expect(frame()).toContain("train one epoch, then pause");
      await press(ESCAPE);
      expect(frame()).not.toContain("train one epoch, then pause");
      expect(frame()).toContain("Accuracy");
    }
  });

  it("shows another tab for a digit, and the next for Tab", async () => {
    const { press, frame } = await open();
    await press("7");
    expect(frame()).toContain("no plugin has been called yet");
    await press("\t");
    expect(frame()).toContain("train one epoch, then pause");
    await press(SHIFT_TAB, SHIFT_TAB);
    expect(frame()).toContain("started on CIFAR-10");
    expect(frame()).not.toContain("Accuracy");
  });

  it("reads values off with a crosshair, and says what the axis became", async () => {
    const { press, frame } = await open();
    await press("l", "l");
    expect(frame()).toContain("axis: linear");
    const before = frame();
    await press("i");
    expect(frame()).not.toBe(before);
  });

  it("asks for a picture of what is shown", async () => {
    const { onPicture, press } = await open();
    await press("6", "v");
    expect(onPicture.mock.calls).toEqual([
      [expect.objectContaining({ view: expect.objectContaining({ tab: "log" }) }), 80, 24],
    ]);
  });

  it("plays a replay with keys, asks nothing of a run, and leaves at once", async () => {
    const source = createSourceStore<Source>({
      kind: "replay",
      playing: true,
      speed: 10,
      epoch: 3,
      lastEpoch: 40,
    });
    const { onControl, onReplay, onQuit, press, frame } = await open(80, 24, source);
    expect(frame()).toMatch(/● replay 10x$/m);
    await press(" ", "]", "[", "}", "{", ">", "<");
    expect(onReplay.mock.calls.map(([command]) => command)).toEqual([
      { action: "toggle" },
      ...[1, -1, 10, -10].map((by) => ({ action: "epochs", by })),
      ...[1, -1].map((by) => ({ action: "speed", by })),
    ]);
    await press("g", "4", "1", ENTER);
    expect(frame()).toContain("epoch 41: expected 0 to 40");
    await press(BACKSPACE, BACKSPACE, "12", ENTER);
    expect(onReplay.mock.lastCall).toEqual([{ action: "epoch", epoch: 12 }]);
    source.set({ kind: "replay", playing: false, speed: 30, epoch: 12, lastEpoch: 40 });
    await settle();
    expect(frame()).toMatch(/‖ replay paused$/m);
    expect(frame()).toContain("paused, 30x  ·  epoch 12 of 40 in the log");
    await press("s");
    expect(frame()).toContain("this is a replay: nothing is trained here");
    expect(onControl).not.toHaveBeenCalled();
    await press("q", CTRL_C);
    expect(onQuit).toHaveBeenCalledTimes(2);
  });

  it("does nothing for unknown keys and pasted text", async () => {
    const { onControl, onQuit, press, frame } = await open();
    const before = frame();
    await press("a", "9", "x and q and s", "\u001b[A");
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
