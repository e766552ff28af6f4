import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, control, stateOf } from "../testing/events.ts";
import { type Command, commandsOf, NO_OVERLAY, perform } from "./keys.ts";
import { dashboardReducer } from "./reducer.ts";

const PLAIN = { ctrl: false, meta: false, escape: false };
const training = stateOf(2);
const paused = dashboardReducer(training, at(9000, control("pause")));
const stopping = dashboardReducer(training, { type: "request", action: "stop" });
const finishing = dashboardReducer(stopping, at(9000, control("stop")));

describe("commandsOf", () => {
  it.each([
    [" ", "toggle"],
    ["p", "toggle"],
    ["P", "toggle"],
    ["s", "step"],
    ["x", "stop"],
    ["q", "quit"],
    ["?", "help"],
    ["h", "help"],
  ])("reads %j as %s", (input, command) => {
    expect(commandsOf(input, PLAIN)).toEqual([command]);
  });

  it("reads Ctrl-C and Esc", () => {
    expect(commandsOf("c", { ...PLAIN, ctrl: true })).toEqual(["interrupt"]);
    expect(commandsOf("", { ...PLAIN, escape: true })).toEqual(["escape"]);
  });

  it("reads keys that came at once in order, but no pasted text", () => {
    expect(commandsOf("qq", PLAIN)).toEqual(["quit", "quit"]);
    expect(commandsOf("x quits, s steps", PLAIN)).toEqual([]);
  });

  it.each(["a", "z", "1", "\r", "", "é"])("does nothing for %j", (input) => {
    expect(commandsOf(input, PLAIN)).toEqual([]);
    expect(commandsOf("x", { ...PLAIN, ctrl: true })).toEqual([]);
    expect(commandsOf("x", { ...PLAIN, meta: true })).toEqual([]);
    expect(commandsOf("x", { ...PLAIN, eventType: "release" })).toEqual([]);
  });
});

describe("perform", () => {
  it("pauses a run that goes on, and resumes one that is paused or about to be", () => {
    expect(perform("toggle", NO_OVERLAY, training).control).toBe("pause");
    expect(perform("toggle", NO_OVERLAY, paused).control).toBe("resume");
    const asked = dashboardReducer(training, { type: "request", action: "pause" });
    expect(perform("toggle", NO_OVERLAY, asked).control).toBe("resume");
  });

  it("stops at the first Ctrl-C and leaves at the second", () => {
    expect(perform("interrupt", NO_OVERLAY, training)).toMatchObject({ control: "stop" });
    expect(perform("interrupt", NO_OVERLAY, stopping)).toEqual({ overlay: NO_OVERLAY, quit: true });
    expect(perform("interrupt", NO_OVERLAY, finishing).quit).toBe(true);
  });

  it("leaves at the second q only, and Esc or another key takes the first back", () => {
    const asked = perform("quit", NO_OVERLAY, training);
    expect(asked).toEqual({ overlay: { help: false, quitting: true } });
    expect(perform("quit", asked.overlay, training).quit).toBe(true);
    for (const other of ["escape", "toggle", "help", "step"] as const) {
      expect(perform(other, asked.overlay, training).overlay.quitting).toBe(false);
    }
  });

  it("opens and closes the help", () => {
    const open = perform("help", NO_OVERLAY, training).overlay;
    expect(open.help).toBe(true);
    expect(perform("help", open, training).overlay.help).toBe(false);
    expect(perform("escape", open, training).overlay.help).toBe(false);
  });

  it.each([stopping, finishing])(
    "asks a run that ends for nothing more, whatever keys are pressed",
    (state) => {
      const command = fc.constantFrom<Command>("toggle", "step", "stop", "help", "escape", "quit", "interrupt");
      fc.assert(
        fc.property(fc.array(command), (commands) => {
          let overlay = NO_OVERLAY;
          for (const each of commands) {
            const effect = perform(each, overlay, state);
            overlay = effect.overlay;
            expect(effect.control).toBeUndefined();
          }
        }),
      );
    },
  );
});
