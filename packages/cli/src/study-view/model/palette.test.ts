import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURVE_STYLES, EMPTY_PALETTE, type Palette, placeOf, showEnded, showStarted } from "./palette.ts";

function ended(palette: Palette, title: string, accuracy: number | null): Palette {
  return showEnded(palette, title, { accuracy, wasRunning: false });
}

describe("palette", () => {
  it("gives trials of one title, which differ in their seeds, one place", () => {
    const palette = ["a", "b", "a"].reduce(showStarted, EMPTY_PALETTE);
    expect([placeOf(palette, "a"), placeOf(palette, "b")]).toEqual([0, 1]);
    expect(palette[0]?.running).toBe(2);
  });

  it("takes the place of the worst that is done for one that starts, never of one that runs", () => {
    const full = CURVE_STYLES.reduce(
      (palette, _, index) => ended(palette, `done ${index}`, 0.3 + index / 100),
      EMPTY_PALETTE,
    );
    const started = showStarted(full, "new");
    expect(placeOf(started, "new")).toBe(0);
    expect(placeOf(started, "done 0")).toBe(-1);
    const busy = CURVE_STYLES.reduce(
      (palette, _, index) => showStarted(palette, `busy ${index}`),
      EMPTY_PALETTE,
    );
    expect(showStarted(busy, "new")).toBe(busy);
  });

  it("holds the best of those that are done, whatever the order they come in, and moves none that stays", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }),
        (values) => {
          let palette = EMPTY_PALETTE;
          for (const value of values) {
            const next = ended(palette, String(value), value / 1000);
            palette.forEach((curve, place) => {
              if (curve && placeOf(next, curve.title) >= 0) expect(placeOf(next, curve.title)).toBe(place);
            });
            palette = next;
          }
          const best = values.toSorted((a, b) => b - a).slice(0, CURVE_STYLES.length);
          expect(palette.flatMap((curve) => (curve ? [Number(curve.title)] : [])).sort()).toEqual(best.sort());
        },
      ),
    );
  });
});
