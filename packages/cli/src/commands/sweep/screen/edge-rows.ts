// The lines at the edges of the screen: the title, how far the sweep is, the selected setting, and the keys.
import { visible } from "@trainscope/core/text";
import {
  alignRight,
  barRuns,
  COLORS,
  type Keys,
  keyRow,
  noticeRow,
  type Row,
  run,
  spread,
  type Theme,
} from "@trainscope/tui/parts";
import { formatDuration, percent } from "@trainscope/tui/text";
import { fittingKeys, typedFilterRow } from "../../../screens/hint-rows.ts";
import { statusOf } from "../../../screens/status.ts";
import { formatSeed, plural } from "../results.ts";
import { describePoint } from "../swept-settings.ts";
import type { BoardScene } from "./scene.ts";
import { progressOf } from "./time-left.ts";
import { stateOf } from "./view.ts";

export function titleRow({ board, view, theme }: BoardScene, width: number): Row {
  const { glyphs } = theme;
  const [sign, label, color] = statusOf(board, theme);
  const badge: Row = [run(`   ${sign} ${label} `, { bold: true, color })];
  const brand: Row = [
    run(` ${glyphs.brand} `, { color: COLORS.brand }),
    run("trainscope sweep", { bold: true, color: COLORS.brand }),
  ];
  const { start } = board;
  if (start === undefined) return spread(brand, badge, width, glyphs.ellipsis);
  const { strategy, seeds, settings } = start.definition;
  const words = [
    strategy,
    ...(seeds > 1 ? [`${seeds} seeds each`] : []),
    `${settings.epochs} ${settings.epochs === 1 ? "epoch" : "epochs"} in full`,
  ];
  const filter = view.filter === "" ? "" : `   filter: ${visible(view.filter)}`;
  const left: Row = [
    ...brand,
    run(`  ${visible(start.dataName)}`),
    run(filter, { color: COLORS.caution }),
    run(`   ${words.join(` ${glyphs.dot} `)}`, { dim: true }),
  ];
  return spread(left, badge, width, glyphs.ellipsis);
}

/** How many settings and trainings are done, and the time that is left. */
export function progressRow({ board, clock, theme, shown }: BoardScene, width: number): Row {
  const { start, counts, startedAt } = board;
  const { share, left } = progressOf(board, clock);
  const gone = startedAt === undefined || clock === undefined ? 0 : clock - startedAt;
  const joint = `  ${theme.glyphs.dot}  `;
  const { planned = null } = start ?? {};
  const done = shown.ranks.size;
  const parts = [
    planned === null ? plural(done, "setting") : `${done}/${plural(planned, "setting")}`,
    left === undefined ? "-:-- left" : `${formatDuration(left)} left`,
    `${formatDuration(gone)} so far`,
    ...(counts.reused > 0 ? [`${counts.reused} kept from before`] : []),
    ...(counts.lost > 0 ? [`${counts.lost} lost`] : []),
    ...(counts.retried > 0 ? [`${counts.retried} retried`] : []),
    ...(counts.diverged > 0 ? [`${counts.diverged} diverged`] : []),
  ];
  // As many words as there is room for.
  const fit = (most: number): string => parts.slice(0, most).join(joint);
  let most = parts.length;
  while (most > 2 && fit(most).length + 20 > width) most--;
  const tail = fit(most);
  const percentage = share === undefined ? "   -" : alignRight(`${percent(share)}%`, 4);
  const bar = Math.max(4, width - percentage.length - 2 - 2 - tail.length);
  const color = board.stopping ? COLORS.caution : COLORS.brand;
  return [run(`${percentage}  `, { bold: true }), ...barRuns(share ?? 0, bar, color, theme), run(`  ${tail}`)];
}

/** What the selected setting is, and its figure with each seed. */
export function detailRow({ board, shown, theme }: BoardScene): Row {
  const { selected } = shown;
  if (selected === undefined) return [];
  const objective = board.start?.definition.objective ?? "validation/accuracy";
  const { outcome, candidate, point } = selected;
  const seeds = Object.keys(outcome?.values ?? {}).map(
    (seed) => `seed ${seed}: ${outcome && formatSeed(objective, outcome, Number(seed))}`,
  );
  const figures = seeds.length > 0 ? seeds.join(", ") : "no figure yet";
  const joint = ` ${theme.glyphs.dot} `;
  return [
    run(`#${candidate} ${describePoint(point)}`),
    run(`${joint}${stateOf(selected)}${joint}${figures}`, { dim: true }),
  ];
}

/** What is typed, what was just asked for or said, or the keys there are. */
export function hintsRow({ board, view, theme }: BoardScene, width: number): Row {
  const soon = theme.ascii ? "..." : "…";
  if (view.typing) return typedFilterRow(view.filter, width);
  if (view.quitting) return noticeRow("Leave now? What was trained is kept. q again leaves, Esc goes on");
  if (board.stopping) return noticeRow(`stopping, what was trained is kept${soon} Ctrl-C again leaves now`);
  if (view.help) return keyRow([["Esc", "closes the help"]], width);
  if (board.notice !== undefined) return noticeRow(visible(board.notice));
  return fittingKeys(hintKeys(theme, board.isWatched), width);
}

function hintKeys({ glyphs }: Theme, isWatched: boolean): Keys {
  return [
    ...(isWatched ? [] : ([["x", "stop, to go on later"]] as const)),
    [`${glyphs.up}${glyphs.down}`, "select"],
    ["p", "pin"],
    ["/", "filter"],
    ["s", "sort"],
    ["m", "map"],
    ["q", isWatched ? "leave" : "quit"],
    ["v", "curves or map"],
  ];
}
