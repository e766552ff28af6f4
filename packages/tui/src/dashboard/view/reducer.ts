// From one view to the next, and what else a command brings about. Pure: a run is asked for things through effects.

import type { Control } from "@trainscope/core";
import { isOurProgram, type ReplayCommand, type Source } from "@trainscope/core/source";
import type { Changeable } from "../model/changeable.ts";
import { type DashboardState, isOver, wantedPhase } from "../model/state.ts";
import { chartsAfter } from "./chart-commands.ts";
import type { Command, PlayCommand, RunCommand, StopAnswer } from "./commands.ts";
import { reduceEpoch } from "./epoch-dialog.ts";
import { forkRefusalOf, ONLY_IN_A_REPLAY, refusalOf } from "./refusal.ts";
import { scrolled } from "./scroll.ts";
import { SETTING_NAMES } from "./setting.ts";
import { NOTHING_TO_CHANGE, reduceSettings } from "./settings-dialog.ts";
import { undoable } from "./undo.ts";
import { type SettingsDialog, TAB_NAMES, type TabName, type View } from "./view.ts";
import type { ViewChange, ViewContext } from "./view-change.ts";

/** A notice is about the last key, so each key takes the one before away. */
export function reduceView(before: View, command: Command, context: ViewContext): ViewChange {
  const view = before.notice === undefined ? before : { ...before, notice: undefined };
  if (command.kind === "interrupt") return interrupted(view, context);
  if (view.dialog?.kind === "settings") return reduceSettings(view, view.dialog, command, context);
  if (view.dialog?.kind === "epoch") return reduceEpoch(view, view.dialog, command, context.source);
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
      return edited(view, command.field, context);
    case "fork":
      return forked(view, context);
    case "play-epochs":
    case "play-speed":
    case "play-at":
      return played(view, command, context.source);
    case "answer":
      return answered(view, command.answer, context);
    case "field":
    case "type":
    case "erase":
    case "apply":
      return shown(view);
    default:
      return reduceRun(view, command, context);
  }
}

/** Stop and save at first, leave now once that is under way; at once where nothing of the run is at stake. */
function interrupted(view: View, { state, source }: ViewContext): ViewChange {
  if (isOurProgram(source)) return asked({ ...view, dialog: undefined }, { action: "stop" });
  if (source.kind !== "training" || isOver(state)) return quit(view);
  return asked({ ...view, dialog: undefined }, { action: "stop" });
}

function edited(view: View, field: Changeable, context: ViewContext): ViewChange {
  const refusal = refusalOf(context) ?? (isOver(context.state) ? NOTHING_TO_CHANGE : undefined);
  return refusal === undefined ? shown(withSettings(view, "change", field)) : noticed(view, refusal);
}

/** A run that is ending has written its last checkpoint, and is forked from that when it has ended. */
function forked(view: View, context: ViewContext): ViewChange {
  const isEnding = context.source.kind === "training" && isOver(context.state);
  const refusal = forkRefusalOf(context) ?? (isEnding ? NOTHING_TO_CHANGE : undefined);
  return refusal === undefined ? shown(withSettings(view, "fork", "learningRate")) : noticed(view, refusal);
}

function withSettings(view: View, purpose: SettingsDialog["purpose"], field: Changeable): View {
  return { ...view, dialog: { kind: "settings", purpose, field, texts: {}, error: undefined } };
}

function played(view: View, command: PlayCommand, source: Source): ViewChange {
  if (source.kind !== "replay") return noticed(view, ONLY_IN_A_REPLAY);
  switch (command.kind) {
    case "play-epochs":
      return asksReplay(view, { action: "epochs", by: command.by });
    case "play-speed":
      return asksReplay(view, { action: "speed", by: command.by });
    case "play-at":
      return shown({ ...view, dialog: { kind: "epoch", text: "", error: undefined } });
  }
}

function asksReplay(view: View, command: ReplayCommand): ViewChange {
  return { view, effects: [{ kind: "replay", command }] };
}

/** What is asked of the run; one that is ending is asked for nothing more. */
function reduceRun(
  view: View,
  command: Exclude<RunCommand, { kind: "interrupt" }>,
  context: ViewContext,
): ViewChange {
  const { state, source } = context;
  if (command.kind === "picture") return { view, effects: [{ kind: "picture" }] };
  if (isOurProgram(source) && (command.kind === "quit" || command.kind === "stop")) {
    return shown({ ...view, dialog: { kind: "stop" } });
  }
  if (command.kind === "quit" && source.kind !== "training") return quit(view);
  if (command.kind === "toggle" && source.kind === "replay") return asksReplay(view, { action: "toggle" });
  const refusal = refusalOf(context);
  if (refusal !== undefined) return noticed(view, refusal);
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
    case "stop":
      return over ? shown(view) : shown({ ...view, dialog: { kind: "stop" } });
    case "quit":
      return state.phase === "ended" ? quit(view) : shown({ ...view, dialog: { kind: "stop" } });
  }
}

function stepOf(unit: "batch" | "epoch"): Control {
  return unit === "epoch" ? { action: "step" } : { action: "step", unit };
}

function answered(view: View, answer: StopAnswer, { state, source }: ViewContext): ViewChange {
  if (view.dialog?.kind !== "stop") return shown(view);
  const closed = { ...view, dialog: undefined };
  if (answer === "now") return quit(closed);
  return answer === "save" && (isOurProgram(source) || !isOver(state))
    ? asked(closed, { action: "stop" })
    : shown(closed);
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
