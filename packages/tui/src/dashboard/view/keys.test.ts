import { describe, expect, it } from "vitest";
import { NO_KEY } from "../testing/no-key.ts";
import { commandOf, type Key, strokesOf } from "./keys.ts";
import type { Dialog } from "./view.ts";

const SETTINGS: Dialog = { kind: "settings", purpose: "change", field: "lambda", texts: {}, error: undefined };
const STOP: Dialog = { kind: "stop" };

function typed(input: string, dialog?: Dialog) {
  return strokesOf(input, dialog).flatMap((stroke) => commandOf(stroke, NO_KEY, dialog) ?? []);
}

function pressed(key: Partial<Key>, dialog?: Dialog) {
  return commandOf("", { ...NO_KEY, ...key }, dialog);
}

describe("commandOf", () => {
  it("reads the keys of the run", () => {
    expect(typed("s")).toEqual([{ kind: "step", unit: "epoch" }]);
    expect(typed("b")).toEqual([{ kind: "step", unit: "batch" }]);
    for (const [key, kind] of Object.entries({
      " ": "toggle",
      p: "toggle",
      P: "toggle",
      u: "undo",
      c: "checkpoint",
    })) {
      expect(typed(key)).toEqual([{ kind }]);
    }
    for (const [key, kind] of Object.entries({
      o: "export",
      v: "picture",
      x: "stop",
      q: "quit",
      "?": "help",
      h: "help",
    })) {
      expect(typed(key)).toEqual([{ kind }]);
    }
    expect(commandOf("c", { ...NO_KEY, ctrl: true }, undefined)).toEqual({ kind: "interrupt" });
  });

  it("selects tabs by number and goes round with Tab and Shift-Tab", () => {
    expect(typed("1")).toEqual([{ kind: "tab", tab: "overview" }]);
    expect(typed("8")).toEqual([{ kind: "tab", tab: "help" }]);
    expect(typed("9")).toEqual([]);
    expect(pressed({ tab: true })).toEqual({ kind: "next-tab", by: 1 });
    expect(pressed({ tab: true, shift: true })).toEqual({ kind: "next-tab", by: -1 });
  });

  it("goes sideways, with Shift ten times as far", () => {
    expect(pressed({ leftArrow: true })).toEqual({ kind: "across", by: -1 });
    expect(pressed({ rightArrow: true, shift: true })).toEqual({ kind: "across", by: 10 });
  });

  it("types a number into the settings, whole and with its Enter where it comes in one piece", () => {
    expect(typed("5E-4\r", SETTINGS)).toEqual([
      ...["5", "e", "-", "4"].map((character) => ({ kind: "type", character })),
      { kind: "apply" },
    ]);
    expect(typed("qxs ?", SETTINGS)).toEqual([]);
    expect(pressed({ delete: true }, SETTINGS)).toEqual({ kind: "erase" });
    expect(pressed({ tab: true }, SETTINGS)).toEqual({ kind: "field", by: 1 });
  });

  it("answers the stop dialog", () => {
    expect(typed("s", STOP)).toEqual([{ kind: "answer", answer: "save" }]);
    expect(pressed({ return: true }, STOP)).toEqual({ kind: "answer", answer: "save" });
    expect(typed("q", STOP)).toEqual([{ kind: "answer", answer: "now" }]);
    expect(typed("g", STOP)).toEqual([{ kind: "answer", answer: "go on" }]);
    expect(pressed({ escape: true }, STOP)).toEqual({ kind: "escape" });
    expect(typed("1", STOP)).toEqual([]);
    expect(pressed({ tab: true }, STOP)).toBeUndefined();
  });

  it("reads keys that came at once in order, but no pasted text", () => {
    expect(typed("mm")).toEqual([{ kind: "smoothing" }, { kind: "smoothing" }]);
    expect(typed("x quits, s steps")).toEqual([]);
    expect(typed("0.001, or rather 0.002", SETTINGS)).toEqual([]);
  });

  it.each(["a", "z", "9", "\r", "", "é"])("does nothing for %j", (input) => {
    expect(typed(input)).toEqual([]);
    expect(commandOf("x", { ...NO_KEY, ctrl: true }, undefined)).toBeUndefined();
    expect(commandOf("x", { ...NO_KEY, meta: true }, undefined)).toBeUndefined();
    expect(commandOf("x", { ...NO_KEY, eventType: "release" }, undefined)).toBeUndefined();
  });
});
