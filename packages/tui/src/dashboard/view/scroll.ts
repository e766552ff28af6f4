// Scrolling a tab. Most count from their start; the log counts from its end, and so follows what is new.
import type { View } from "./view.ts";

/** Down where `by` is positive, as far as there is something to see. */
export function scrolled(view: View, by: number, last: number): View {
  const before = scrollOf(view, last);
  const after = clamp(before + (view.tab === "log" ? -by : by), last);
  return after === (view.scroll[view.tab] ?? 0)
    ? view
    : { ...view, scroll: { ...view.scroll, [view.tab]: after } };
}

/** Where the tab stands, also after it has become shorter. */
export function scrollOf({ tab, scroll }: View, last: number): number {
  return clamp(scroll[tab] ?? 0, last);
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}
