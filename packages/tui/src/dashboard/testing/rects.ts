// What a test expects of rectangles on a screen.
import { expect } from "vitest";
import type { Rect } from "../text/layout.ts";

/** None is empty, none leaves the area, and no two overlap. */
export function expectTidy(rects: readonly Rect[], area: Rect): void {
  for (const { left, top, width, height } of rects) {
    expect(left).toBeGreaterThanOrEqual(area.left);
    expect(top).toBeGreaterThanOrEqual(area.top);
    expect(width).toBeGreaterThan(0);
    expect(height).toBeGreaterThan(0);
    expect(left + width).toBeLessThanOrEqual(area.left + area.width);
    expect(top + height).toBeLessThanOrEqual(area.top + area.height);
  }
  rects.forEach((rect, index) => {
    for (const other of rects.slice(index + 1)) expect(overlap(rect, other)).toBe(false);
  });
}

/** And nothing of the area is left over. */
export function expectExactFill(rects: readonly Rect[], area: Rect): void {
  expectTidy(rects, area);
  const filled = rects.reduce((sum, { width, height }) => sum + width * height, 0);
  expect(filled).toBe(area.width * area.height);
}

function overlap(a: Rect, b: Rect): boolean {
  const across = a.left < b.left + b.width && b.left < a.left + a.width;
  return across && a.top < b.top + b.height && b.top < a.top + a.height;
}
