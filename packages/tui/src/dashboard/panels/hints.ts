// The last line: what was just asked for, what is under way, and the keys there are.
import { formatSetting } from "../../text/format.ts";
import { type DashboardState, settingNow, wantedPhase } from "../model/state.ts";
import { type Row, rowWidth, run } from "../text/rows.ts";
import type { Theme } from "../theme.ts";
import { SETTING_NAMES } from "../view/setting.ts";
import { CHANGEABLE, type View } from "../view/view.ts";
import { type Keys, keyRow, noticeRow } from "./key-row.ts";

/** `tabKeys` are those that only mean something in the tab that is shown. */
export function hintsRow(
  state: DashboardState,
  view: View,
  tabKeys: Keys,
  width: number,
  { glyphs }: Theme,
): Row {
  const soon = glyphs.ellipsis === "…" ? "…" : "...";
  if (view.dialog !== undefined) return keyRow(DIALOG_KEYS[view.dialog.kind](glyphs), width);
  const wanted = wantedPhase(state);
  if (wanted === "stopping")
    return noticeRow(`finishing the batch, then saving${soon} Ctrl-C again leaves now`);
  if (wanted === "finishing") return noticeRow(`evaluating and saving${soon} Ctrl-C leaves now, q asks first`);
  const notice = [view.notice, askedText(state)].filter((text) => text !== undefined).join("; ");
  const general: Keys = [
    ["space", wanted === "paused" ? "go on" : "pause"],
    ["s", "one epoch"],
    ["e", "settings"],
    ["x", "stop"],
    ["?", view.tab === "help" ? "back" : "help"],
  ];
  return notice === "" ? fittingKeys(general, tabKeys, width) : withKeys(noticeRow(notice), general, width);
}

/** After a notice as many keys as there is room for, the last of them at first. */
function withKeys(notice: Row, keys: Keys, width: number): Row {
  for (let first = 0; first < keys.length; first++) {
    const row = [...notice, run("  "), ...keyRow(keys.slice(first), width)];
    if (rowWidth(row) < width) return row;
  }
  return notice;
}

const DIALOG_KEYS = {
  stop: (): Keys => [
    ["s", "stop and save"],
    ["n", "stop now"],
    ["Esc", "goes on"],
  ],
  settings: ({ up, down }: Theme["glyphs"]): Keys => [
    [`${up}${down}`, "choose"],
    ["Enter", "applies"],
    ["Esc", "closes without a change"],
  ],
} as const;

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
