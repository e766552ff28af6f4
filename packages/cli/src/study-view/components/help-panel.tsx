// The help, in the middle of the screen and over everything else.

import { Panel } from "@trainscope/tui/components";
import type { Help, Theme } from "@trainscope/tui/parts";
import type { ReactNode } from "react";

interface HelpPanelProps {
  readonly help: Help;
  readonly columns: number;
  readonly rows: number;
  readonly theme: Theme;
}

/** Every cell of it is printed, so that nothing shines through. */
export function HelpPanel({ help, columns, rows, theme }: HelpPanelProps): ReactNode {
  const width = Math.min(help.width, columns);
  const height = Math.min(help.height, rows);
  const rect = {
    left: Math.floor((columns - width) / 2),
    top: Math.floor((rows - height) / 2),
    width,
    height,
  };
  return (
    <Panel
      name="Help"
      rect={rect}
      theme={theme}
      framed
      layer={1}
      heading={() => ({ title: "Help" })}
      draw={() => [[], ...help.rows(theme)]}
    />
  );
}
