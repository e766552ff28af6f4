// The dialog in which settings are changed: what is typed, and when it is right.

import type { Source } from "@trainscope/core/source";
import { CHANGEABLE, type Changeable } from "../model/changeable.ts";
import { type DashboardState, isOver, settingNow } from "../model/state.ts";
import type { Command } from "./commands.ts";
import { isAllowed, rangeOf, SETTING_NAMES } from "./setting.ts";
import type { SettingsDialog, View } from "./view.ts";
import type { Effect, ViewChange, ViewContext } from "./view-change.ts";

const LONGEST = 12;

export const NOTHING_TO_CHANGE = "the run is ending: there is nothing to change any more";

/** What keys and clicks do while the dialog is open; Ctrl-C stops the run as everywhere. */
export function reduceSettings(
  view: View,
  dialog: SettingsDialog,
  command: Command,
  { state, source }: Pick<ViewContext, "state" | "source">,
): ViewChange {
  const { field, texts } = dialog;
  const stay = (change: Partial<SettingsDialog>): ViewChange => ({
    view: { ...view, dialog: { ...dialog, error: undefined, ...change } },
    effects: [],
  });
  switch (command.kind) {
    case "edit":
      return stay({ field: command.field });
    case "field":
      return stay({ field: neighbour(field, command.by) });
    case "type":
      return stay({
        texts: { ...texts, [field]: `${texts[field] ?? ""}${command.character}`.slice(0, LONGEST) },
      });
    case "erase":
      return stay({ texts: { ...texts, [field]: (texts[field] ?? "").slice(0, -1) } });
    case "apply":
      return applied(view, dialog, state, source);
    case "escape":
      return { view: { ...view, dialog: undefined }, effects: [] };
    default:
      return { view, effects: [] };
  }
}

function neighbour(field: Changeable, by: 1 | -1): Changeable {
  const count = CHANGEABLE.length;
  return CHANGEABLE[(CHANGEABLE.indexOf(field) + by + count) % count] ?? field;
}

/** All that was typed is asked for, or none of it where something is wrong. */
function applied(view: View, dialog: SettingsDialog, state: DashboardState, source: Source): ViewChange {
  const effects: Effect[] = [];
  const closed: View = { ...view, dialog: undefined };
  const isFork = dialog.purpose === "fork";
  // A replay stands still, however the run ended.
  if (source.kind !== "replay" && isOver(state)) {
    return { view: { ...closed, notice: NOTHING_TO_CHANGE }, effects };
  }
  const changed: Partial<Record<Changeable, number>> = {};
  for (const setting of CHANGEABLE) {
    const text = dialog.texts[setting] ?? "";
    if (text === "") continue;
    const to = Number(text);
    if (!isAllowed(setting, to, state)) {
      const error = `${SETTING_NAMES[setting]} ${text}: expected ${rangeOf(setting, state)}`;
      return { view: { ...view, dialog: { ...dialog, field: setting, error } }, effects: [] };
    }
    const before = state.asked[setting] ?? settingNow(state, setting);
    if (to === before) continue;
    if (isFork) changed[setting] = to;
    else effects.push({ kind: "control", control: { action: setting, to } });
  }
  if (!isFork) return { view: closed, effects };
  return { view: { ...closed, notice: "a new run is being made" }, effects: [{ kind: "fork", changed }] };
}
