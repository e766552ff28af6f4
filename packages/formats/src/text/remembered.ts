// What a log says it says again: the words between its numbers are the same from line to line, and are understood once.

/** So many texts are kept; a log that makes up words all the time begins anew. */
const MOST = 4096;
/** Longer texts hardly come again. */
const LONGEST = 400;

/** The same function of a text, which keeps what it has found. */
export function remembered<Found>(find: (text: string) => Found): (text: string) => Found {
  const known = new Map<string, Found>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if (text.length > LONGEST) return found;
    if (known.size >= MOST) known.clear();
    known.set(text, found);
    return found;
  };
}
