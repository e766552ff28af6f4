// The last line: the keys there are, or what was just asked for and how to take it back.
import { type Overlay, wantedPhase } from "../model/keys.ts";
import type { DashboardState } from "../model/state.ts";
import { type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../theme.ts";

export function hintsRow(state: DashboardState, overlay: Overlay, width: number, { glyphs }: Theme): Row {
  const soon = glyphs.ellipsis === "…" ? "…" : "...";
  if (overlay.quitting) return notice("Leave now without saving? q again leaves, Esc goes on");
  const wanted = wantedPhase(state);
  if (wanted === "stopping") return notice(`finishing the batch, then saving${soon} Ctrl-C again leaves now`);
  if (wanted === "finishing") return notice(`evaluating and saving${soon} Ctrl-C leaves now, q asks first`);
  const gap = width < 70 ? "  " : "   ";
  if (overlay.help) return keyRow([["Esc", "closes the help"]], gap);
  const keys: Keys = [
    ["space", wanted === "paused" ? "go on" : "pause"],
    ["s", "one epoch"],
    ["x", "stop and save"],
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
