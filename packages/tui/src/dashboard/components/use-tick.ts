import { useEffect, useReducer } from "react";

/** Renders again every so many milliseconds, so that clocks go on while no event comes. */
export function useTick(period: number): void {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, period);
    return () => clearInterval(timer);
  }, [period]);
}
