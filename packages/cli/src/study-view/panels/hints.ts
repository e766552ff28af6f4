// The last line: the keys there are, or what was just asked for and how to take it back.

import type { Row, Theme } from "@trainscope/tui/parts";
import { type Keys, keyRow, noticeRow } from "@trainscope/tui/parts";
import type { StudyView } from "../model/keys.ts";
import type { StudyState } from "../model/state.ts";

export function studyHintsRow(
  { stopping }: StudyState,
  view: StudyView,
  width: number,
  { glyphs }: Theme,
): Row {
  const soon = glyphs.ellipsis === "…" ? "…" : "...";
  if (view.quitting) return noticeRow("Leave now? Finished trials are kept. q again leaves, Esc goes on");
  if (stopping) return noticeRow(`stopping, finished trials are kept${soon} Ctrl-C again leaves now`);
  if (view.help) return keyRow([["Esc", "closes the help"]], width);
  const keys: Keys = [
    ["x", "stop, to go on later"],
    [`${glyphs.up}${glyphs.down}`, "scroll"],
    ["q", "quit"],
    ["?", "help"],
  ];
  return keyRow(keys, width);
}
