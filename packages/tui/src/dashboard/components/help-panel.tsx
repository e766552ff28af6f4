// The help, in the middle of the screen and over everything else.
import type { ReactNode } from "react";
import { HELP_HEIGHT, HELP_WIDTH, helpRows } from "../panels/help.ts";
import type { Theme } from "../theme.ts";
import { Panel } from "./panel.tsx";

interface HelpPanelProps {
  readonly columns: number;
  readonly rows: number;
  readonly theme: Theme;
}

/** Every cell of it is printed, so that nothing shines through. */
export function HelpPanel({ columns, rows, theme }: HelpPanelProps): ReactNode {
  const width = Math.min(HELP_WIDTH, columns);
  const height = Math.min(HELP_HEIGHT, rows);
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
      heading={() => ({ title: "Help" })}
      draw={() => [[], ...helpRows(theme)]}
    />
  );
}
