// Which change of a setting can be taken back. It follows from the controls that were applied: taking one back is a
// control like any other, and what it took back doesn't stand any more.
import { isLiveSetting } from "@trainscope/core/settings";
import { CHANGEABLE, type Changeable } from "../model/changeable.ts";
import { type DashboardState, settingNow } from "../model/state.ts";
import { isAllowed } from "./setting.ts";

export interface Change {
  readonly setting: Changeable;
  readonly from: number;
  readonly to: number;
}

/** The newest change that stands and whose old value is still possible. */
export function undoable(state: DashboardState): Change | undefined {
  return changesInForce(state).findLast(({ setting, from }) => isAllowed(setting, from, state));
}

function changesInForce(state: DashboardState): readonly Change[] {
  const inForce: Change[] = [];
  for (const change of [...appliedChanges(state), ...askedChanges(state)]) {
    const index = inForce.findLastIndex(({ setting }) => setting === change.setting);
    const last = inForce[index];
    if (last?.from === change.to && last.to === change.from) inForce.splice(index, 1);
    else inForce.push(change);
  }
  return inForce;
}

function appliedChanges({ controls }: DashboardState): readonly Change[] {
  return controls.flatMap(({ action, from, to }) =>
    isLiveSetting(action) && typeof from === "number" && typeof to === "number"
      ? [{ setting: action, from, to }]
      : [],
  );
}

/** The trainer will make them, unless they have been taken back before it could. */
function askedChanges(state: DashboardState): readonly Change[] {
  return CHANGEABLE.flatMap((setting) => {
    const [from, to] = [settingNow(state, setting), state.asked[setting]];
    return from === undefined || to === undefined || from === to ? [] : [{ setting, from, to }];
  });
}
