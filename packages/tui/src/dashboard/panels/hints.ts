// The last line: the keys there are, or what was just asked for and how to take it back.
import { type Overlay, wantedPhase } from "../model/keys.ts";
import type { DashboardState } from "../model/state.ts";
import type { Row } from "../text/rows.ts";
import type { Theme } from "../theme.ts";
import { type Keys, keyRow, noticeRow } from "./key-row.ts";

export function hintsRow(state: DashboardState, overlay: Overlay, width: number, { glyphs }: Theme): Row {
  const soon = glyphs.ellipsis === "…" ? "…" : "...";
  if (overlay.quitting) return noticeRow("Leave now without saving? q again leaves, Esc goes on");
  const wanted = wantedPhase(state);
  if (wanted === "stopping")
    return noticeRow(`finishing the batch, then saving${soon} Ctrl-C again leaves now`);
  if (wanted === "finishing") return noticeRow(`evaluating and saving${soon} Ctrl-C leaves now, q asks first`);
  if (overlay.help) return keyRow([["Esc", "closes the help"]], width);
  const keys: Keys = [
    ["space", wanted === "paused" ? "go on" : "pause"],
    ["s", "one epoch"],
    ["x", "stop and save"],
    ["q", "quit"],
    ["?", "help"],
  ];
  return keyRow(keys, width);
}
