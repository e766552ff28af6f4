// What keys mean on a study's screen: from a key to a command, and from a command to what it does. No terminal in here.
import type { Key } from "@trainscope/tui/parts";
import { bottomOf, type Table } from "./scroll.ts";

export type StudyCommand =
  | "stop"
  | "quit"
  | "help"
  | "escape"
  | "interrupt"
  | "up"
  | "down"
  | "pageUp"
  | "pageDown"
  | "first"
  | "last";

/** What lies over the screen, and where its table stands. */
export interface StudyView {
  readonly help: boolean;
  /** `q` was pressed once. */
  readonly quitting: boolean;
  /** Trials up to the last row of the table; `undefined` while it follows the newest. */
  readonly bottom: number | undefined;
}

export const FIRST_VIEW: StudyView = { help: false, quitting: false, bottom: undefined };

export interface StudyEffect {
  readonly view: StudyView;
  readonly stop?: boolean;
  readonly quit?: boolean;
}

/** Where the study stands. */
export interface StudyStatus {
  readonly phase: "waiting" | "running" | "ended";
  readonly stopping: boolean;
}

/** Of Ink's keys, those that mean something here. */
export type StudyKey = Omit<
  Key,
  "shift" | "return" | "tab" | "backspace" | "delete" | "leftArrow" | "rightArrow"
>;

const COMMANDS: Readonly<Record<string, StudyCommand>> = {
  x: "stop",
  q: "quit",
  "?": "help",
  h: "help",
  k: "up",
  j: "down",
};

/** Longer input at once is no typing but pasted text. */
const LONGEST_TYPED = 3;

/** The commands of what was typed, in order; unknown keys and pasted text give none. */
export function studyCommandsOf(input: string, key: StudyKey): readonly StudyCommand[] {
  if (key.eventType === "release") return [];
  if (key.escape) return ["escape"];
  if (key.ctrl) return input === "c" ? ["interrupt"] : [];
  if (key.upArrow) return ["up"];
  if (key.downArrow) return ["down"];
  if (key.pageUp) return ["pageUp"];
  if (key.pageDown) return ["pageDown"];
  if (key.home) return ["first"];
  if (key.end) return ["last"];
  if (key.meta || input.length > LONGEST_TYPED) return [];
  return [...input.toLowerCase()].flatMap((character) => COMMANDS[character] ?? []);
}

/** What a command does. */
export function performStudy(
  command: StudyCommand,
  view: StudyView,
  { phase, stopping }: StudyStatus,
  table: Table,
): StudyEffect {
  const calm: StudyView = { ...view, quitting: false };
  const over = stopping || phase === "ended";
  const page = Math.max(1, table.visible - 1);
  const scrolled = (by: number): StudyEffect => ({
    view: { ...calm, bottom: bottomOf(calm.bottom, by, table) },
  });
  switch (command) {
    case "interrupt":
      return over ? { view: calm, quit: true } : { view: calm, stop: true };
    case "stop":
      return over ? { view: calm } : { view: calm, stop: true };
    case "quit":
      return view.quitting || phase === "ended"
        ? { view: calm, quit: true }
        : { view: { ...view, help: false, quitting: true } };
    case "help":
      return { view: { ...calm, help: !view.help } };
    case "escape":
      return { view: { ...calm, help: false } };
    case "up":
      return scrolled(-1);
    case "down":
      return scrolled(1);
    case "pageUp":
      return scrolled(-page);
    case "pageDown":
      return scrolled(page);
    case "first":
      return scrolled(-table.length);
    case "last":
      return scrolled(table.length);
  }
}
