// The dialog in which the epoch is typed that a replay is to go to.
import type { Source } from "@trainscope/core/source";
import type { Command } from "./commands.ts";
import type { EpochDialog, View } from "./view.ts";
import type { ViewChange } from "./view-change.ts";

const LONGEST = 9;

/** What keys do while the dialog is open. */
export function reduceEpoch(view: View, dialog: EpochDialog, command: Command, source: Source): ViewChange {
  const stay = (text: string): ViewChange => ({
    view: { ...view, dialog: { ...dialog, text, error: undefined } },
    effects: [],
  });
  const closed: View = { ...view, dialog: undefined };
  switch (command.kind) {
    case "type":
      return stay(`${dialog.text}${command.character}`.slice(0, LONGEST));
    case "erase":
      return stay(dialog.text.slice(0, -1));
    case "escape":
      return { view: closed, effects: [] };
    case "apply":
      return applied(view, dialog, source);
    default:
      return { view, effects: [] };
  }
}

function applied(view: View, dialog: EpochDialog, source: Source): ViewChange {
  const closed: View = { ...view, dialog: undefined };
  if (dialog.text === "" || source.kind !== "replay") return { view: closed, effects: [] };
  const epoch = Number(dialog.text);
  if (!Number.isInteger(epoch) || epoch < 0 || epoch > source.lastEpoch) {
    const error = `${source.axis ?? "epoch"} ${dialog.text}: expected ${Number.isInteger(epoch) ? "" : "a whole number, "}0 to ${source.lastEpoch}`;
    return { view: { ...view, dialog: { ...dialog, error } }, effects: [] };
  }
  return { view: closed, effects: [{ kind: "replay", command: { action: "epoch", epoch } }] };
}

/** Which epochs there are, in words. */
export function epochRange({ lastEpoch }: { readonly lastEpoch: number }): string {
  return `a whole number, 0 (the start) to ${lastEpoch}`;
}
