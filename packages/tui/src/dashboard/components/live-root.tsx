// What every live screen is drawn within: the surface it is written on, the mouse, and the terminal's theme.
import { Box } from "ink";
import { type ReactNode, useLayoutEffect, useSyncExternalStore } from "react";
import type { Mouse } from "../terminal/mouse.ts";
import type { ThemeSource } from "../terminal/session.ts";
import type { Surface } from "../terminal/surface.ts";
import type { Theme } from "../text/theme.ts";
import { MouseContext } from "./mouse-context.ts";
import { SurfaceContext } from "./surface-context.ts";
import { useTerminalInput } from "./use-terminal-input.ts";

interface LiveRootProps {
  readonly surface: Surface;
  readonly mouse: Mouse;
  readonly theme: ThemeSource;
  readonly draw: (theme: Theme) => ReactNode;
}

/** To Ink it is a box that isn't displayed, so there is nothing to lay out and nothing to print. */
export function LiveRoot({ surface, mouse, theme: source, draw }: LiveRootProps): ReactNode {
  const theme = useSyncExternalStore(source.subscribe, source.snapshot);
  useLayoutEffect(() => surface.setTheme(theme), [surface, theme]);
  useTerminalInput({
    // As everywhere: something else has written over the screen.
    onKey: (input, { ctrl }) => {
      if (ctrl && input === "l") surface.repaint();
    },
  });
  return (
    <SurfaceContext value={surface}>
      <MouseContext value={mouse}>
        <Box display="none">{draw(theme)}</Box>
      </MouseContext>
    </SurfaceContext>
  );
}
