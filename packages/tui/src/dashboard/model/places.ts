// How fast a run that is told by points gets on along its axis, whatever that counts.

export interface Place {
  readonly x: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

const RECENT = 16;
/** Points that come at once, as from a file, tell no pace: of them the furthest counts. */
const AT_ONCE_MS = 500;

export function addPlace(places: readonly Place[], place: Place): readonly Place[] {
  const last = places.at(-1);
  if (last === undefined) return [place];
  // Splits come one after the other, and a clock may step back.
  if (place.x <= last.x || place.time < last.time) return places;
  if (place.time - last.time < AT_ONCE_MS) return [...places.slice(0, -1), { x: place.x, time: last.time }];
  return [...places, place].slice(-RECENT);
}

/** Milliseconds to the last of so many epochs or steps; `undefined` while there is nothing to tell it from. */
export function timeToEnd(places: readonly Place[], all: number): number | undefined {
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || last.x <= first.x || all === 0) return undefined;
  return (Math.max(0, all - last.x) * (last.time - first.time)) / (last.x - first.x);
}
