import { NO_KEY } from "@trainscope/tui/testing";
import { expect, it } from "vitest";
import { type TableKey, tableCommandsOf } from "./table-keys.ts";

const OWN = { v: { kind: "own" } } as const;

function commandsOf(input: string, key: Partial<TableKey> = {}, typing = false) {
  return tableCommandsOf(input, { ...NO_KEY, ...key }, typing, OWN);
}

it("has the letters of the screen beside those of every table", () => {
  expect(commandsOf("v")).toEqual([{ kind: "own" }]);
  expect(commandsOf("jS?")).toEqual([{ kind: "move", by: 1 }, { kind: "reverse" }, { kind: "help" }]);
  expect(commandsOf("y")).toEqual([]);
});

it("takes letters for text while a filter is typed, and what was typed with the key for it, too", () => {
  expect(commandsOf("vq", {}, true)).toEqual([{ kind: "type", text: "vq" }]);
  expect(commandsOf("/eta\r")).toEqual([{ kind: "filter" }, { kind: "type", text: "eta" }, { kind: "enter" }]);
  expect(commandsOf("", { backspace: true }, true)).toEqual([{ kind: "erase" }]);
  expect(commandsOf("", { backspace: true })).toEqual([]);
});

it("takes pasted text, a key that is let go, and Alt with a letter for no command", () => {
  expect(commandsOf("qqqq")).toEqual([]);
  expect(commandsOf("q", { eventType: "release" })).toEqual([]);
  expect(commandsOf("q", { meta: true })).toEqual([]);
});

it("takes Ctrl-C for an interrupt, even while a filter is typed", () => {
  expect(commandsOf("c", { ctrl: true }, true)).toEqual([{ kind: "interrupt" }]);
  expect(commandsOf("q", { ctrl: true })).toEqual([]);
});
