// What keys mean on the screen of a sweep: from a key to commands. No terminal in here.
import type { Key } from "@trainscope/tui/parts";

export type BoardCommand =
  | { readonly kind: "move"; readonly by: number | "page" | "-page" | "first" | "last" }
  | { readonly kind: "pair"; readonly by: 1 | -1 }
  | { readonly kind: "type"; readonly text: string }
  | { readonly kind: "stop" | "quit" | "interrupt" }
  | {
      readonly kind: "filter" | "pin" | "sort" | "reverse" | "map" | "help" | "escape" | "enter" | "erase";
    };

/** Of Ink's keys, those that mean something here. */
export type BoardKey = Omit<Key, "shift" | "tab" | "leftArrow" | "rightArrow">;

const KEYS: Readonly<Record<string, BoardCommand>> = {
  p: { kind: "pin" },
  s: { kind: "sort" },
  S: { kind: "reverse" },
  m: { kind: "pair", by: 1 },
  M: { kind: "pair", by: -1 },
  v: { kind: "map" },
  x: { kind: "stop" },
  q: { kind: "quit" },
  "?": { kind: "help" },
  h: { kind: "help" },
  k: { kind: "move", by: -1 },
  j: { kind: "move", by: 1 },
};

/** Longer input at once is no typing but pasted text. */
const LONGEST_TYPED = 3;

/** The commands of what was typed, in order; unknown keys give none, and while a filter is typed text is text. */
export function boardCommandsOf(input: string, key: BoardKey, typing: boolean): readonly BoardCommand[] {
  if (key.eventType === "release") return [];
  if (key.escape) return [{ kind: "escape" }];
  if (key.ctrl) return input === "c" ? [{ kind: "interrupt" }] : [];
  if (key.upArrow) return [{ kind: "move", by: -1 }];
  if (key.downArrow) return [{ kind: "move", by: 1 }];
  if (key.pageUp) return [{ kind: "move", by: "-page" }];
  if (key.pageDown) return [{ kind: "move", by: "page" }];
  if (key.home) return [{ kind: "move", by: "first" }];
  if (key.end) return [{ kind: "move", by: "last" }];
  if (key.return) return [{ kind: "enter" }];
  if (typing && (key.backspace || key.delete)) return [{ kind: "erase" }];
  if (key.meta) return [];
  if (typing) return typedCommands(input);
  const slash = input.indexOf("/");
  const isFilter = slash >= 0 && slash < LONGEST_TYPED;
  const keys = isFilter ? input.slice(0, slash) : input;
  if (keys.length > LONGEST_TYPED) return [];
  const commands = [...keys].flatMap((one) => KEYS[one] ?? []);
  // Text typed quickly may come with the key that it follows.
  return isFilter ? [...commands, { kind: "filter" }, ...typedCommands(input.slice(slash + 1))] : commands;
}

/** A line end in it is the Enter that came along. */
function typedCommands(input: string): readonly BoardCommand[] {
  const [text = "", ...after] = input.split(/[\r\n]/);
  const typed: BoardCommand[] = text === "" ? [] : [{ kind: "type", text }];
  return after.length > 0 ? [...typed, { kind: "enter" }] : typed;
}
