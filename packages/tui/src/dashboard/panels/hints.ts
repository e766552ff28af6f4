// The last line: what was just asked for, what is under way, and the keys there are.

import { isOurProgram, type Source } from "@trainscope/core/source";
import { formatSetting } from "../../text/format.ts";
import { CHANGEABLE } from "../model/changeable.ts";
import { type DashboardState, settingNow, wantedPhase } from "../model/state.ts";
import { type Row, rowWidth, run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { refusalOf } from "../view/refusal.ts";
import { SETTING_NAMES } from "../view/setting.ts";
import type { Dialog } from "../view/view.ts";
import { type Keys, keyRow, noticeRow } from "./key-row.ts";
import type { Scene } from "./scene.ts";

type Hinted = Pick<Scene, "state" | "view" | "source" | "mayFork" | "theme">;

/** `tabKeys` are those that only mean something in the tab that is shown. */
export function hintsRow(scene: Hinted, tabKeys: Keys, width: number): Row {
  const { state, view, source, theme } = scene;
  const { glyphs } = theme;
  if (view.dialog !== undefined) return keyRow(dialogKeys(view.dialog, source, glyphs), width);
  const busy = endingText(state, source, glyphs);
  if (busy !== undefined) return noticeRow(busy);
  const notice = [view.notice, askedText(state)].filter((text) => text !== undefined).join("; ");
  const general = generalKeys(scene);
  return notice === "" ? fittingKeys(general, tabKeys, width) : withKeys(noticeRow(notice), general, width);
}

/** Where the run is ending, what is under way, and how to leave meanwhile. */
function endingText(state: DashboardState, source: Source, { ellipsis }: Theme["glyphs"]): string | undefined {
  const soon = ellipsis === "…" ? "…" : "...";
  const wanted = wantedPhase(state);
  const stopping = wanted === "stopping" ? `finishing the batch, then saving${soon}` : undefined;
  const saving = wanted === "finishing" ? `evaluating and saving${soon}` : undefined;
  if (source.kind === "training") {
    if (stopping !== undefined) return `${stopping} Ctrl-C again leaves now`;
    return saving && `${saving} Ctrl-C leaves now, q asks first`;
  }
  const busy = stopping ?? saving;
  const isBusy = source.kind === "attached" && source.processState === "alive" && busy !== undefined;
  return isBusy ? `${busy} q leaves this view` : undefined;
}

/** What can be done with the run where it is shown; the last one stands at the right edge. */
function generalKeys({ state, view, source, mayFork }: Hinted): Keys {
  const help = ["?", view.tab === "help" ? "back" : "help"] as const;
  const leave = ["q", "leave"] as const;
  switch (source.kind) {
    case "training":
      return [...trainingKeys(state), ["x", "stop"], help];
    case "attached":
      return refusalOf({ source, mayFork }) === undefined
        ? [...trainingKeys(state), ["x", "stop"], leave, help]
        : [["v", "picture"], leave, help];
    case "watched":
      return refusalOf({ source, mayFork }) === undefined
        ? [...trainingKeys(state), ["x", "stop"], leave, help]
        : [["v", "picture"], leave, help];
    case "replay":
      return [
        ["space", source.playing ? "pause" : "play"],
        ["[ ]", "epoch"],
        ["< >", "speed"],
        ["g", "go to"],
        ...(mayFork ? ([["f", "fork"]] as const) : []),
        leave,
        help,
      ];
  }
}

function trainingKeys(state: DashboardState): Keys {
  return [
    ["space", wantedPhase(state) === "paused" ? "go on" : "pause"],
    ["s", "one epoch"],
    ["e", "settings"],
  ];
}

/** After a notice as many keys as there is room for, the last of them at first. */
function withKeys(notice: Row, keys: Keys, width: number): Row {
  for (let first = 0; first < keys.length; first++) {
    const row = [...notice, run("  "), ...keyRow(keys.slice(first), width)];
    if (rowWidth(row) < width) return row;
  }
  return notice;
}

function dialogKeys(dialog: Dialog, source: Source, { up, down }: Theme["glyphs"]): Keys {
  switch (dialog.kind) {
    case "stop":
      if (isOurProgram(source)) {
        return [
          ["s", "stops it"],
          ["n", "lets it go on, in lines"],
          ["Esc", "stays here"],
        ];
      }
      return [
        ["s", "stop and save"],
        source.kind === "training" ? ["n", "stop now"] : ["q", "leave this view"],
        ["Esc", "goes on"],
      ];
    case "settings":
      return [
        [`${up}${down}`, "choose"],
        ["Enter", dialog.purpose === "fork" ? "forks" : "applies"],
        ["Esc", "closes without a change"],
      ];
    case "epoch":
      return [
        ["Enter", "goes there"],
        ["Esc", "stays here"],
      ];
  }
}

/** Changes of settings that the trainer has yet to make. */
function askedText(state: DashboardState): string | undefined {
  const parts = CHANGEABLE.flatMap((setting) => {
    const value = state.asked[setting];
    return value === undefined || value === settingNow(state, setting)
      ? []
      : [`${SETTING_NAMES[setting]} ${formatSetting(value)}`];
  });
  return parts.length === 0 ? undefined : `asked: ${parts.join(", ")}`;
}

/** The general keys at the edges, and between them as many of the tab's own as there is room for. */
function fittingKeys(general: Keys, tabKeys: Keys, width: number): Row {
  for (let count = tabKeys.length; count > 0; count--) {
    const row = keyRow([...general.slice(0, -1), ...tabKeys.slice(0, count), ...general.slice(-1)], width);
    if (rowWidth(row) < width) return row;
  }
  return keyRow(general, width);
}
