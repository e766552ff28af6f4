// What keys mean: from a key to commands. No terminal in here, and no run.
import type { Command } from "./commands.ts";
import { type Dialog, TAB_NAMES } from "./view.ts";

/** Of Ink's keys, those that mean something here. */
export interface Key {
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
  readonly escape: boolean;
  readonly return: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly eventType?: "press" | "repeat" | "release" | undefined;
}

type NamedKey = Exclude<keyof Key, "ctrl" | "meta" | "shift" | "eventType">;
type Keyboard = Readonly<Record<string, Command>>;
type NamedKeys = Readonly<Partial<Record<NamedKey, Command>>>;

const EDIT: Command = { kind: "edit", field: "learningRate" };

const MAIN: Keyboard = {
  ...Object.fromEntries(
    TAB_NAMES.map((tab, index): [string, Command] => [`${index + 1}`, { kind: "tab", tab }]),
  ),
  "?": { kind: "help" },
  h: { kind: "help" },
  " ": { kind: "toggle" },
  p: { kind: "toggle" },
  s: { kind: "step", unit: "epoch" },
  b: { kind: "step", unit: "batch" },
  e: EDIT,
  u: { kind: "undo" },
  c: { kind: "checkpoint" },
  o: { kind: "export" },
  v: { kind: "picture" },
  x: { kind: "stop" },
  q: { kind: "quit" },
  f: { kind: "fork" },
  "[": { kind: "play-epochs", by: -1 },
  "]": { kind: "play-epochs", by: 1 },
  "{": { kind: "play-epochs", by: -10 },
  "}": { kind: "play-epochs", by: 10 },
  "<": { kind: "play-speed", by: -1 },
  ">": { kind: "play-speed", by: 1 },
  g: { kind: "play-at" },
  l: { kind: "axis" },
  m: { kind: "smoothing" },
  i: { kind: "crosshair" },
  "+": { kind: "zoom", by: 1 },
  "=": { kind: "zoom", by: 1 },
  "-": { kind: "zoom", by: -1 },
  "0": { kind: "whole" },
};

const MAIN_NAMED: NamedKeys = {
  escape: { kind: "escape" },
  return: { kind: "crosshair" },
  upArrow: { kind: "scroll", by: -1 },
  downArrow: { kind: "scroll", by: 1 },
  pageUp: { kind: "page", by: -1 },
  pageDown: { kind: "page", by: 1 },
  home: { kind: "edge", edge: "first" },
  end: { kind: "edge", edge: "last" },
};

const STOP: Keyboard = {
  s: { kind: "answer", answer: "save" },
  n: { kind: "answer", answer: "now" },
  q: { kind: "answer", answer: "now" },
  g: { kind: "answer", answer: "go on" },
};

const STOP_NAMED: NamedKeys = {
  escape: { kind: "escape" },
  return: { kind: "answer", answer: "save" },
};

const TYPED_NAMED: NamedKeys = {
  escape: { kind: "escape" },
  return: { kind: "apply" },
  backspace: { kind: "erase" },
  // What many terminals send for Backspace.
  delete: { kind: "erase" },
  upArrow: { kind: "field", by: -1 },
  downArrow: { kind: "field", by: 1 },
};

const NUMBER = /^[\d.e+-]$/;

/** Steps that an arrow goes with Shift. */
const FAR = 10;

/** Longer input at once is no typing but pasted text. */
const LONGEST_TYPED = 3;
/** A number may well be. */
const LONGEST_NUMBER = 16;

/** What was typed in one piece, key by key; nothing of pasted text. Each is to be read after the one before was obeyed. */
export function strokesOf(input: string, dialog: Dialog | undefined): readonly string[] {
  const longest = isTyped(dialog) ? LONGEST_NUMBER : LONGEST_TYPED;
  if (input.length > longest) return [];
  return input === "" ? [""] : [...input];
}

/** The command of a key, if it has one where the dialog is open. */
export function commandOf(stroke: string, key: Key, dialog: Dialog | undefined): Command | undefined {
  if (key.eventType === "release") return undefined;
  if (key.ctrl) return stroke === "c" ? { kind: "interrupt" } : undefined;
  const typing = isTyped(dialog);
  if (key.tab) {
    const by = key.shift ? -1 : 1;
    return typing ? { kind: "field", by } : dialog ? undefined : { kind: "next-tab", by };
  }
  if (dialog === undefined && (key.leftArrow || key.rightArrow)) {
    return { kind: "across", by: (key.leftArrow ? -1 : 1) * (key.shift ? FAR : 1) };
  }
  const named = dialog === undefined ? MAIN_NAMED : typing ? TYPED_NAMED : STOP_NAMED;
  for (const [name, command] of Object.entries(named)) {
    if (key[name as NamedKey]) return command;
  }
  if (key.meta) return undefined;
  const character = stroke.toLowerCase();
  if (typing) return typed(character);
  return (dialog === undefined ? MAIN : STOP)[character];
}

/** Whether numbers are typed into it. */
function isTyped(dialog: Dialog | undefined): boolean {
  return dialog !== undefined && dialog.kind !== "stop";
}

/** Enter may come in one piece with the number before it. */
function typed(character: string): Command | undefined {
  if (character === "\r" || character === "\n") return { kind: "apply" };
  return NUMBER.test(character) ? { kind: "type", character } : undefined;
}
