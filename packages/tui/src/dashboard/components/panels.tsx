// Panels as a whole screen.
import { Box } from "ink";
import type { ReactNode } from "react";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Theme } from "../text/theme.ts";
import { Panel } from "./panel.tsx";

/** What `Panels` takes. */
export interface PanelsProps {
  readonly panels: readonly PanelSpec[];
  readonly columns: number;
  readonly rows: number;
  readonly theme: Theme;
  /** A panel that failed is tried again when this changes. */
  readonly attempt?: number;
}

/** Exactly so large. */
export function Panels({ panels, columns, rows, theme, attempt }: PanelsProps): ReactNode {
  return (
    <Box width={columns} height={rows} flexShrink={0}>
      {panels.map((panel) => (
        <Panel key={panel.name} {...panel} theme={theme} {...(attempt !== undefined && { attempt })} />
      ))}
    </Box>
  );
}
