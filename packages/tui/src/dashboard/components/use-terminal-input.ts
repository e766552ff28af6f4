// Keys and the mouse, as the terminal sends them; where input comes from a pipe there are none.
import { type Key, useInput, useStdin } from "ink";
import { useContext, useEffect, useEffectEvent } from "react";
import type { MouseEvent } from "../terminal/input.ts";
import { MouseContext } from "./mouse-context.ts";

export interface TerminalInputHandlers {
  readonly onKey: (input: string, key: Key) => void;
  readonly onMouse?: (event: MouseEvent) => void;
}

/** Hears keys and the mouse where the terminal tells them. */
export function useTerminalInput({ onKey, onMouse }: TerminalInputHandlers): void {
  const { isRawModeSupported } = useStdin();
  useInput(onKey, { isActive: isRawModeSupported });
  const mouse = useContext(MouseContext);
  const handle = useEffectEvent((event: MouseEvent) => onMouse?.(event));
  useEffect(() => mouse?.subscribe(handle), [mouse]);
}
