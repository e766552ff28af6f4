// Which curves of the chart have a colour and a letter: those that train, and the best of those that are done. What
// got one keeps it for as long as it has one.
import type { Color } from "@trainscope/tui/parts";

/** Curves of one title, which differ in the seed at most. */
export interface ShownCurve {
  readonly title: string;
  /** Trials of it that are running. */
  readonly running: number;
  /** The best of its trials that are done. */
  readonly accuracy: number | null;
}

export type Palette = readonly (ShownCurve | undefined)[];

/** Neighbours differ in brightness as well, for eyes that don't tell the hues apart. */
export const CURVE_STYLES: readonly { readonly color: Color; readonly letter: string }[] = [
  { color: "cyan", letter: "a" },
  { color: "magenta", letter: "b" },
  { color: "yellow", letter: "c" },
  { color: "blue", letter: "d" },
  { color: "green", letter: "e" },
  { color: "red", letter: "f" },
];

export const EMPTY_PALETTE: Palette = CURVE_STYLES.map(() => undefined);

/** The place of a title; -1 where it has none. */
export function placeOf(palette: Palette, title: string): number {
  return palette.findIndex((curve) => curve?.title === title);
}

/** A trial has started. It gets a place unless all have others that are running. */
export function showStarted(palette: Palette, title: string): Palette {
  const place = placeOf(palette, title);
  if (place >= 0) return change(palette, place, (curve) => ({ ...curve, running: curve.running + 1 }));
  return replace(palette, freePlace(palette), { title, running: 1, accuracy: null });
}

/** A trial has ended; one that was never seen to run gets a place if it is better than another that is done. */
export function showEnded(
  palette: Palette,
  title: string,
  { accuracy, wasRunning }: { readonly accuracy: number | null; readonly wasRunning: boolean },
): Palette {
  const place = placeOf(palette, title);
  if (place >= 0) {
    return change(palette, place, (curve) => ({
      title,
      running: Math.max(0, curve.running - Number(wasRunning)),
      accuracy: worth(accuracy) > worth(curve.accuracy) ? accuracy : curve.accuracy,
    }));
  }
  const free = freePlace(palette);
  const taken = palette[free];
  if (taken && worth(taken.accuracy) >= worth(accuracy)) return palette;
  return replace(palette, free, { title, running: 0, accuracy });
}

/** The first that nobody has, else that of the worst that is done; -1 where there is none. */
function freePlace(palette: Palette): number {
  const empty = palette.indexOf(undefined);
  if (empty >= 0) return empty;
  let worst = -1;
  palette.forEach((curve, place) => {
    if (curve === undefined || curve.running > 0) return;
    if (worst < 0 || worth(curve.accuracy) < worth(palette[worst]?.accuracy ?? null)) worst = place;
  });
  return worst;
}

function change(palette: Palette, place: number, next: (curve: ShownCurve) => ShownCurve): Palette {
  return palette.map((curve, index) => (index === place && curve ? next(curve) : curve));
}

function replace(palette: Palette, place: number, curve: ShownCurve): Palette {
  return place < 0 ? palette : palette.with(place, curve);
}

function worth(accuracy: number | null): number {
  return accuracy ?? Number.NEGATIVE_INFINITY;
}
