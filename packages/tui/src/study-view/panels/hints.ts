// The last line: the keys there are, or what was just asked for and how to take it back.
import { type Row, run } from "../../dashboard/text/rows.ts";
import { COLORS, type Theme } from "../../dashboard/theme.ts";
import type { StudyView } from "../model/keys.ts";
import type { StudyState } from "../model/state.ts";

export function studyHintsRow(
  { stopping }: StudyState,
  view: StudyView,
  width: number,
  { glyphs }: Theme,
): Row {
  const soon = glyphs.ellipsis === "…" ? "…" : "...";
  if (view.quitting) return notice("Leave now? Finished trials are kept. q again leaves, Esc goes on");
  if (stopping) return notice(`stopping, finished trials are kept${soon} Ctrl-C again leaves now`);
  const gap = width < 70 ? "  " : "   ";
  if (view.help) return keyRow([["Esc", "closes the help"]], gap);
  const keys: Keys = [
    ["x", "stop, to go on later"],
    [`${glyphs.up}${glyphs.down}`, "scroll"],
    ["q", "quit"],
    ["?", "help"],
  ];
  return keyRow(keys, gap);
}

type Keys = readonly (readonly [string, string])[];

function notice(text: string): Row {
  return [run(` ${text}`, { bold: true, color: COLORS.caution })];
}

function keyRow(keys: Keys, gap: string): Row {
  return keys.flatMap(([key, does], index) => [
    run(`${index === 0 ? " " : gap}`),
    run(key, { bold: true }),
    run(` ${does}`, { dim: true }),
  ]);
}
