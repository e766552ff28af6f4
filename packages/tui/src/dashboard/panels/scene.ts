import type { Source } from "@trainscope/core/source";
import type { Formats } from "../../text/format-metric.ts";
import type { Overlay } from "../model/overlay.ts";
import type { DashboardState } from "../model/state.ts";
import type { Theme } from "../text/theme.ts";
import type { View } from "../view/view.ts";

/** All that a frame is drawn from. */
export interface Scene {
  readonly state: DashboardState;
  readonly view: View;
  /** The present by the clock of the events. */
  readonly clock: number | undefined;
  readonly formats: Formats;
  readonly theme: Theme;
  /** The bytes of a validation image, plane by plane; none where the pictures aren't at hand (a run from elsewhere). */
  readonly imageOf: ((index: number) => Uint8Array) | undefined;
  /** Where the events come from. */
  readonly source: Source;
  /** Another run's curves, beneath the run's own. */
  readonly overlay: Overlay | undefined;
  /** Whether a new run can go on from here. */
  readonly mayFork: boolean;
}
