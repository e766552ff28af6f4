// How the curve of each run looks: a colour, a dash and a letter that no other shown run has. More runs than there are
// looks would not be told apart, so the rest are faint.
import type { Color } from "@trainscope/tui/parts";

export interface Look {
  readonly color: Color;
  readonly dashed: boolean;
  readonly letter: string;
}

/** Neighbours differ in brightness as well, for eyes that don't tell the hues apart. */
const COLORS: readonly Color[] = ["cyan", "magenta", "yellow", "blue", "green", "red"];

const LETTERS = "abcdefghijkl";

/** Each colour twice: as a solid line and as a broken one. */
export const LOOKS: readonly Look[] = [...LETTERS].map((letter, index) => ({
  color: COLORS[index % COLORS.length] ?? "cyan",
  dashed: index >= COLORS.length,
  letter,
}));

/**
 * The looks of the pinned runs, and of the first others that are shown, as far as there are any. A run keeps to the look
 * of its place among all the runs, unless a run before it has that.
 */
export function looksOf<Item extends { readonly key: string }>(
  all: readonly Item[],
  shown: readonly Item[],
  pinned: ReadonlySet<string>,
): ReadonlyMap<Item, Look> {
  const isPinned = ({ key }: Item): boolean => pinned.has(key);
  const first = [...shown.filter(isPinned), ...shown.filter((run) => !isPinned(run))].slice(0, LOOKS.length);
  const front = new Set(first);
  const taken = new Map<number, Item>();
  all.forEach((run, index) => {
    if (!front.has(run)) return;
    let place = index % LOOKS.length;
    while (taken.has(place)) place = (place + 1) % LOOKS.length;
    taken.set(place, run);
  });
  return new Map([...taken].flatMap(([place, run]) => (LOOKS[place] ? [[run, LOOKS[place]] as const] : [])));
}

/** Whether the curve is broken: where no colour tells curves apart, every other is. */
export function isDashed({ dashed, letter }: Look, color: boolean): boolean {
  return color ? dashed : LETTERS.indexOf(letter) % 2 === 1;
}
