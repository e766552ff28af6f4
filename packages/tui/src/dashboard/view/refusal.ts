// What can't be asked of a run where it is shown, and why.
import type { ViewContext } from "./view-change.ts";

type Shown = Pick<ViewContext, "source" | "mayFork">;

/** Why nothing can be asked of whoever trains; `undefined` where it can. */
export function refusalOf({ source, mayFork }: Shown): string | undefined {
  switch (source.kind) {
    case "training":
      return undefined;
    case "replay":
      return `this is a replay: nothing is trained here${mayFork ? "; f starts a new run from this epoch" : ""}`;
    case "watched":
      if (source.mayControl === undefined) return "another program trains: nothing can be asked of it here";
      return source.mayControl
        ? undefined
        : "no loop has connected that could be asked; see TRAINSCOPE_CONTROL";
    case "attached":
      if (source.processState === "died")
        return "the process that trained this run has died: nobody would answer";
      return source.mayControl ? undefined : "attached without control: start with --control";
  }
}

/** Why no new run can go on from here; `undefined` where one can. */
export function forkRefusalOf({ source, mayFork }: Shown): string | undefined {
  if (mayFork) return undefined;
  if (source.kind === "watched") return "another program's run can't be forked";
  if (source.kind === "attached")
    return "attached: trainscope fork makes a new run from a checkpoint of this one";
  return "this run can't be forked: its run.json is missing";
}

export const ONLY_IN_A_REPLAY = "only a replay goes to other epochs: trainscope replay";
