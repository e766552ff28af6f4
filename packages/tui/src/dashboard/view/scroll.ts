// Scrolling a tab. The log follows what is new, until it is scrolled up; then it stands still.
import type { View } from "./view.ts";

/** Down where `by` is positive, as far as there is something to see. */
export function scrolled(view: View, by: number, last: number): View {
  const before = scrollOf(view, last);
  const after = clamp(before + by, last);
  if (view.tab === "log" && after === last) return following(view);
  return after === (view.scroll[view.tab] ?? firstOf(view, last))
    ? view
    : { ...view, scroll: { ...view.scroll, [view.tab]: after } };
}

function following(view: View): View {
  const { log, ...scroll } = view.scroll;
  return log === undefined ? view : { ...view, scroll };
}

/** Where the tab stands, also after it has become shorter. */
function scrollOf(view: View, last: number): number {
  return clamp(view.scroll[view.tab] ?? firstOf(view, last), last);
}

function firstOf({ tab }: View, last: number): number {
  return tab === "log" ? last : 0;
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}
