// The map of two settings as rows: a cell is the best figure that was found there.

import type { Heading } from "@trainscope/tui/parts";
import {
  alignLeft,
  alignRight,
  COLORS,
  centred,
  hasShades,
  heatStyle,
  type Row,
  type Run,
  run,
  type Style,
} from "@trainscope/tui/parts";
import { displayWidth } from "@trainscope/tui/text";
import { type Objective, scoreOf } from "../definition.ts";
import { type HeatMap, heatMapOf, type MapCell, mapAxis, type Pair, pairsOf } from "../heat-map.ts";
import { plural } from "../results.ts";
import { SWEPT_FLAGS } from "../swept-flags.ts";
import type { BoardScene } from "./scene.ts";

/** For six characters and a gap. */
const LEAST_CELL = 7;
const MOST_LABEL = 12;
const MOST_CELLS = 8;
/** Of a figure that is the worst of the map: still to be seen beside a cell that is empty. */
const LEAST_SHARE = 0.12;

export function mapHeading({ board, view }: BoardScene): Heading {
  const pairs = pairsOf(board.start?.definition.space ?? {});
  const pair = pairs[view.pair];
  if (pair === undefined) return { title: "Map" };
  const [across, down] = pair;
  const count: Row =
    pairs.length > 1 ? [run(`map ${view.pair + 1}/${pairs.length}`, { color: COLORS.brand })] : [];
  const title = down === undefined ? nameOf(across) : `${nameOf(down)} by ${nameOf(across)}`;
  return {
    title,
    legends: [[run(count.length > 0 ? "best found  " : "best found", { dim: true }), ...count], count],
  };
}

function nameOf(setting: string): string {
  return SWEPT_FLAGS.find((flag) => flag.setting === setting)?.name ?? setting;
}

export function mapRows(scene: BoardScene, width: number, height: number): Row[] {
  const { board, view, shown, theme } = scene;
  const definition = board.start?.definition;
  const pair = definition && pairsOf(definition.space)[view.pair];
  if (definition === undefined) return centred("waiting for the first training", width, height);
  if (pair === undefined) return centred("no setting has several values", width, height);
  const map = fittingMap(scene, pair, width, height);
  const { objective } = definition;
  const known = map.cells.flat().filter((value): value is number => typeof value === "number");
  const scores = known.map((value) => scoreOf(objective, value));
  const ends: Ends = { best: Math.min(...scores), worst: Math.max(...scores), objective };
  const label = labelWidth(map);
  const cellWidth = Math.max(LEAST_CELL, Math.floor((width - label) / Math.max(1, map.across.labels.length)));
  const body = map.cells.map((cells, index): Row => {
    const name = map.down?.labels[index] ?? "";
    return [
      run(label === 0 ? "" : `${alignLeft(name, label - 1, theme.glyphs.ellipsis)} `, { dim: true }),
      ...cells.map((value): Run => cellRun(value, cellWidth, ends, scene)),
    ];
  });
  // What is below is told as far as there is room.
  const header: Row = [
    run(" ".repeat(label)),
    ...map.across.labels.map((text) => run(alignRight(text, cellWidth, theme.glyphs.ellipsis), { dim: true })),
  ];
  const rows = [header, ...body];
  const filled = shown.all.filter(({ outcome }) => outcome !== undefined).length;
  const legend: Row = [
    run(`${known.length} of ${map.cells.flat().length} cells, ${plural(filled, "setting")}`, { dim: true }),
  ];
  return rows.length < height ? [...rows, legend] : rows.slice(0, height);
}

function fittingMap(
  { board, shown }: BoardScene,
  [across, down]: Pair,
  width: number,
  height: number,
): HeatMap {
  const { space, objective } = board.start?.definition ?? {
    space: {},
    objective: "validation/accuracy" as const,
  };
  const downAxis =
    down === undefined ? undefined : mapAxis(space, down, Math.max(1, Math.min(MOST_CELLS, height - 2)));
  const label = downAxis === undefined ? 0 : labelOf(downAxis.labels);
  const most = Math.max(1, Math.min(MOST_CELLS, Math.floor((width - label) / LEAST_CELL)));
  return heatMapOf(shown.all, mapAxis(space, across, most), downAxis, objective);
}

function labelWidth({ down }: HeatMap): number {
  return down === undefined ? 0 : labelOf(down.labels);
}

function labelOf(labels: readonly string[]): number {
  return Math.min(MOST_LABEL, Math.max(1, ...labels.map(displayWidth))) + 1;
}

interface Ends {
  readonly best: number;
  readonly worst: number;
  readonly objective: Objective;
}

function cellRun(value: MapCell, width: number, { best, worst, objective }: Ends, { theme }: BoardScene): Run {
  if (value === undefined) return run(alignRight(theme.glyphs.dot, width), { dim: true });
  if (value === "diverged") return run(alignRight(theme.glyphs.error, width), { color: COLORS.bad });
  if (value === "lost") return run(alignRight(value, width), { color: COLORS.caution });
  const score = scoreOf(objective, value);
  const share = worst > best ? LEAST_SHARE + (1 - LEAST_SHARE) * ((worst - score) / (worst - best)) : 1;
  const text = alignRight(figureText(objective, value), width);
  if (hasShades(theme)) return run(text, { ...heatStyle(share, true, theme), bold: score === best });
  const style: Style = score === best ? { color: COLORS.good, bold: true } : {};
  return run(text, style);
}

/** Short enough for a cell: `38.9`, without its per cent. */
function figureText(objective: Objective, value: number): string {
  return objective === "validation/accuracy" ? (100 * value).toFixed(1) : String(Number(value.toPrecision(3)));
}
