// The whole screen: every panel at its place.
import { Box } from "ink";
import type { ReactNode } from "react";
import type { Scene } from "../panels/scene.ts";
import { screenPanels } from "../screen/screen-panels.ts";
import { Panel } from "./panel.tsx";

export interface ScreenProps {
  readonly scene: Scene;
  readonly columns: number;
  readonly rows: number;
}

/** Exactly the terminal's size. */
export function Screen({ scene, columns, rows }: ScreenProps): ReactNode {
  return (
    <Box width={columns} height={rows} flexShrink={0}>
      {screenPanels(scene, columns, rows).map(({ key, ...panel }) => (
        <Panel key={key} {...panel} theme={scene.theme} attempt={scene.state.recorded} />
      ))}
    </Box>
  );
}
