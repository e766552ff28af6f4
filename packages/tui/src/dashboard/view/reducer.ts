// From one view to the next, and what else a command brings about. Pure: a run is asked for things through effects.
import type { Control } from "@trainscope/core";
import { type DashboardState, isOver, wantedPhase } from "../model/state.ts";
import { chartsAfter } from "./chart-commands.ts";
import type { Command, RunCommand, StopAnswer } from "./commands.ts";
import { scrolled } from "./scroll.ts";
import { SETTING_NAMES } from "./setting.ts";
import { NOTHING_TO_CHANGE, reduceSettings } from "./settings-dialog.ts";
import { undoable } from "./undo.ts";
import { TAB_NAMES, type TabName, type View } from "./view.ts";

export type Effect =
  | { readonly kind: "control"; readonly control: Control }
  /** Leave now, without saving. */
  | { readonly kind: "quit" }
  /** A picture of what is on the screen. */
  | { readonly kind: "picture" };

/** What a command's meaning depends on beside the view. */
export interface ViewContext {
  readonly state: DashboardState;
  /** The greatest scroll that still shows something new; 0 where all is seen. */
  readonly lastScroll: (view: View) => number;
  /** What PgDn scrolls by, in the tab's own unit. */
  readonly page: (view: View) => number;
}

export interface ViewChange {
  readonly view: View;
  readonly effects: readonly Effect[];
}

/** A notice is about the last key, so each key takes the one before away. */
export function reduceView(before: View, command: Command, context: ViewContext): ViewChange {
  const view = before.notice === undefined ? before : { ...before, notice: undefined };
  if (command.kind === "interrupt") return interrupted(view, context.state);
  if (view.dialog?.kind === "settings") return reduceSettings(view, view.dialog, command, context);
  switch (command.kind) {
    case "tab":
      return shown({ ...view, tab: command.tab, back: backFrom(view, command.tab) });
    case "next-tab":
      return shown(nextTab(view, command.by));
    case "help":
      return shown(
        view.tab === "help" ? { ...view, tab: view.back } : { ...view, tab: "help", back: view.tab },
      );
    case "escape":
      return shown(escaped(view));
    case "scroll":
      return shown(scrolled(view, command.by, context.lastScroll(view)));
    case "page":
      return shown(scrolled(view, command.by * context.page(view), context.lastScroll(view)));
    case "charts":
      return shown({ ...view, charts: { ...view.charts, ...command.choices } });
    case "axis":
    case "smoothing":
    case "crosshair":
    case "zoom":
    case "across":
    case "edge":
    case "whole":
      return shown(chartsAfter(view, command, context));
    case "edit":
      return isOver(context.state)
        ? noticed(view, NOTHING_TO_CHANGE)
        : shown({
            ...view,
            dialog: { kind: "settings", field: command.field, texts: {}, error: undefined },
          });
    case "answer":
      return answered(view, command.answer, context.state);
    case "field":
    case "type":
    case "erase":
    case "apply":
      return shown(view);
    default:
      return reduceRun(view, command, context.state);
  }
}

/** Stop and save at first, leave now once that is under way. */
function interrupted(view: View, state: DashboardState): ViewChange {
  return isOver(state) ? quit(view) : asked({ ...view, dialog: undefined }, { action: "stop" });
}

/** What is asked of the run; one that is ending is asked for nothing more. */
function reduceRun(
  view: View,
  command: Exclude<RunCommand, { kind: "interrupt" }>,
  state: DashboardState,
): ViewChange {
  const wanted = wantedPhase(state);
  const over = isOver(state);
  switch (command.kind) {
    case "toggle":
      return over ? shown(view) : asked(view, { action: wanted === "paused" ? "resume" : "pause" });
    case "step":
      return over || wanted === "stepping" ? shown(view) : asked(view, stepOf(command.unit));
    case "undo":
      return over ? shown(view) : undone(view, state);
    case "checkpoint":
      return over
        ? shown(view)
        : asked(view, { action: "checkpoint" }, "asked for a checkpoint; the log says where it is");
    case "export":
      return over
        ? shown(view)
        : asked(view, { action: "export" }, "asked for the pictures; the log says where they are");
    case "picture":
      return { view, effects: [{ kind: "picture" }] };
    case "stop":
      return over ? shown(view) : shown({ ...view, dialog: { kind: "stop" } });
    case "quit":
      return state.phase === "ended" ? quit(view) : shown({ ...view, dialog: { kind: "stop" } });
  }
}

function stepOf(unit: "batch" | "epoch"): Control {
  return unit === "epoch" ? { action: "step" } : { action: "step", unit };
}

function answered(view: View, answer: StopAnswer, state: DashboardState): ViewChange {
  if (view.dialog?.kind !== "stop") return shown(view);
  const closed = { ...view, dialog: undefined };
  if (answer === "now") return quit(closed);
  return answer === "save" && !isOver(state) ? asked(closed, { action: "stop" }) : shown(closed);
}

function undone(view: View, state: DashboardState): ViewChange {
  const change = undoable(state);
  if (change === undefined) return noticed(view, "nothing to undo: no setting was changed");
  const { setting, from } = change;
  return asked(view, { action: setting, to: from }, `${SETTING_NAMES[setting]} back to ${from}`);
}

/** A dialog first, then the help, then the crosshair. */
function escaped(view: View): View {
  if (view.dialog !== undefined) return { ...view, dialog: undefined };
  if (view.tab === "help") return { ...view, tab: view.back };
  if (view.charts.crosshair === undefined) return view;
  return { ...view, charts: { ...view.charts, crosshair: undefined } };
}

function nextTab(view: View, by: 1 | -1): View {
  const count = TAB_NAMES.length;
  const tab = TAB_NAMES[(TAB_NAMES.indexOf(view.tab) + by + count) % count] ?? view.tab;
  return { ...view, tab, back: backFrom(view, tab) };
}

/** From the help Esc leads to the tab before it. */
function backFrom({ tab, back }: View, next: TabName): TabName {
  return next === "help" && tab !== "help" ? tab : back;
}

function shown(view: View): ViewChange {
  return { view, effects: [] };
}

function noticed(view: View, notice: string): ViewChange {
  return shown({ ...view, notice });
}

function quit(view: View): ViewChange {
  return { view, effects: [{ kind: "quit" }] };
}

function asked(view: View, control: Control, notice?: string): ViewChange {
  return { view: { ...view, notice }, effects: [{ kind: "control", control }] };
}
