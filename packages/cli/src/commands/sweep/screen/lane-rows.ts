// What each lane trains, how far it is, and since when.
import { alignLeft, alignRight, barRuns, COLORS, type Row, run } from "@trainscope/tui/parts";
import { formatDuration } from "@trainscope/tui/text";
import { formatObjective } from "../results.ts";
import { describePoint } from "../swept-settings.ts";
import type { LaneState } from "./board.ts";
import type { BoardScene } from "./scene.ts";

const FIGURE = 9;
const TIME = 8;
const BAR = 10;

/** A row a lane; where rows run out the last says how many more there are. */
export function laneRows(scene: BoardScene, width: number, height: number): Row[] {
  const { lanes } = scene.board;
  const shown = lanes.length <= height ? lanes : lanes.slice(0, Math.max(0, height - 1));
  const rows = shown.map((lane) => laneRow(lane, scene, width));
  if (shown.length < lanes.length) rows.push([run(`and ${lanes.length - shown.length} more`, { dim: true })]);
  return rows;
}

function laneRow({ lane, trial, since }: LaneState, { board, clock, theme }: BoardScene, width: number): Row {
  const { ellipsis } = theme.glyphs;
  const gone = formatDuration(Math.max(0, (clock ?? since) - since));
  const number = run(alignRight(String(lane), 2), { bold: true });
  if (trial === undefined) return [number, run(`  idle for ${gone}`, { dim: true })];
  const { candidate, point, seed, epoch, epochs, value } = trial;
  const objective = board.start?.definition.objective ?? "validation/accuracy";
  const count = `${epoch}/${epochs}`;
  const counts = 2 * String(board.start?.definition.settings.epochs ?? epochs).length + 1;
  const fixed = 2 + 2 + 2 + BAR + 2 + counts + 2 + FIGURE + 2 + TIME;
  const name = `#${candidate} ${describePoint(point)}, seed ${seed}`;
  return [
    number,
    run(`  ${alignLeft(name, Math.max(1, width - fixed), ellipsis)}  `),
    ...barRuns(epoch / Math.max(1, epochs), BAR, COLORS.brand, theme),
    run(`  ${alignRight(count, counts)}`),
    run(`  ${alignRight(value === null ? "-" : formatObjective(objective, value), FIGURE)}`, { bold: true }),
    run(`  ${alignRight(gone, TIME)}`, { dim: true }),
  ];
}
