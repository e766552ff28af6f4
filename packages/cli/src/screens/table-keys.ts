// The keys of a screen with a table and a filter, whatever else it shows: from a key to commands. No terminal in here.
import type { Key } from "@trainscope/tui/parts";

export type TableCommand =
  | { readonly kind: "move"; readonly by: number | "page" | "-page" | "first" | "last" }
  | { readonly kind: "type"; readonly text: string }
  | { readonly kind: "quit" | "interrupt" }
  | { readonly kind: "filter" | "pin" | "sort" | "reverse" | "help" | "escape" | "enter" | "erase" };

/** Of Ink's keys, those that mean something here. */
export type TableKey = Omit<Key, "shift" | "tab" | "leftArrow" | "rightArrow">;

const KEYS: Readonly<Record<string, TableCommand>> = {
  p: { kind: "pin" },
  s: { kind: "sort" },
  S: { kind: "reverse" },
  q: { kind: "quit" },
  "?": { kind: "help" },
  h: { kind: "help" },
  k: { kind: "move", by: -1 },
  j: { kind: "move", by: 1 },
};

/** Longer input at once is no typing but pasted text. */
const LONGEST_TYPED = 3;

/**
 * The commands of what was typed, in order; unknown keys give none, and while a filter is typed text is text. `own`: the
 * letters of the screen, beside those that every table has.
 */
export function tableCommandsOf<Own = never>(
  input: string,
  key: TableKey,
  typing: boolean,
  own: Readonly<Record<string, Own>>,
): readonly (TableCommand | Own)[] {
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
  const letters = isFilter ? input.slice(0, slash) : input;
  if (letters.length > LONGEST_TYPED) return [];
  const commands = [...letters].flatMap((letter) => own[letter] ?? KEYS[letter] ?? []);
  // Text typed quickly may come with the key that it follows.
  return isFilter ? [...commands, { kind: "filter" }, ...typedCommands(input.slice(slash + 1))] : commands;
}

/** A line end in it is the Enter that came along. */
function typedCommands(input: string): readonly TableCommand[] {
  const [text = "", ...after] = input.split(/[\r\n]/);
  const typed: TableCommand[] = text === "" ? [] : [{ kind: "type", text }];
  return after.length > 0 ? [...typed, { kind: "enter" }] : typed;
}
