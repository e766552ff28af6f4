// What a person looks at, as keys and clicks change it.
import { useRef, useState } from "react";

/** A view and what changes it. */
export interface KeyedView<View> {
  /** That of this rendering. */
  readonly view: View;
  /** The newest: two keys may come before the next rendering. */
  current(): View;
  set(next: View): void;
}

/** Begins with the first view. */
export function useKeyedView<View>(first: View): KeyedView<View> {
  const [view, setView] = useState(first);
  const newest = useRef(view);
  return {
    view,
    current: () => newest.current,
    set(next) {
      newest.current = next;
      setView(next);
    },
  };
}
