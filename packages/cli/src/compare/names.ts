// What runs are called where they are compared: as short as tells them apart.

interface Named {
  readonly runId: string;
  readonly label: string | null;
}

/**
 * A name for each, in their order: its label, or the end of its run id, from a hyphen on, that no other has. Those that
 * share a label have the end of their id after it or, where they share that too, a number.
 */
export function namesOf(runs: readonly Named[]): readonly string[] {
  const ends = shortEnds(runs.map(({ runId }) => runId));
  const sharing = Map.groupBy(ends.keys(), (index) => runs[index]?.label ?? "");
  const names = runs.map(({ label, runId }, index) => {
    const end = ends[index] ?? runId;
    if (label === null) return end;
    const same = sharing.get(label) ?? [];
    const areDistinct = new Set(same.map((other) => ends[other])).size === same.length;
    return same.length > 1 && areDistinct ? `${label} (${end})` : label;
  });
  const taken = counts(names);
  const seen = new Map<string, number>();
  return names.map((name) => {
    if (taken.get(name) === 1) return name;
    // The same run in two folders, or means of runs whose ids are alike.
    const turn = (seen.get(name) ?? 0) + 1;
    seen.set(name, turn);
    return `${name} #${turn}`;
  });
}

/** The same number of parts of each, as few as tell all of them apart. */
function shortEnds(ids: readonly string[]): readonly string[] {
  const parts = ids.map((id) => id.split("-"));
  const most = Math.max(1, ...parts.map(({ length }) => length));
  const different = new Set(ids).size;
  for (let count = 1; count < most; count++) {
    const ends = parts.map((words) => words.slice(-count).join("-"));
    if (new Set(ends).size === different) return ends;
  }
  return ids;
}

function counts(texts: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const text of texts) found.set(text, (found.get(text) ?? 0) + 1);
  return found;
}
