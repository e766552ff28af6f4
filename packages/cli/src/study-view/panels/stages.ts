// The stages of a study: which are done, which is under way, and how far.
import {
  alignLeft,
  alignRight,
  COLORS,
  type Color,
  type Row,
  run,
  spread,
  type Theme,
} from "@trainscope/tui/parts";
import { formatDuration } from "@trainscope/tui/text";
import type { StageState } from "../model/progress.ts";
import type { StudyState } from "../model/state.ts";
import { readable } from "./readable.ts";

/** A row a stage; where rows run out, those around the one under way. */
export function stagesRows(
  state: StudyState,
  clock: number | undefined,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const { stages } = state;
  const at = currentIndex(state);
  const first = Math.max(0, Math.min(at - 1, stages.length - height));
  const counts = Math.max(3, ...stages.map((stage) => countOf(stage).length));
  const times = width >= 28 ? 7 : 0;
  return stages.slice(first, first + height).map((stage) => {
    const [sign, color] = signOf(stage, theme);
    const waiting = stage.status === "waiting";
    const end = stage.endedAt ?? clock;
    const took =
      stage.startedAt === undefined || end === undefined ? "" : formatDuration(end - stage.startedAt);
    const title = alignLeft(
      readable(stage.title, theme),
      width - 2 - 1 - counts - times,
      theme.glyphs.ellipsis,
    );
    return [
      run(`${sign} `, { color, dim: waiting }),
      run(title, { bold: stage.status === "active", dim: waiting }),
      run(` ${alignRight(countOf(stage), counts)}`, { dim: stage.status !== "active" }),
      run(alignRight(took, times), { dim: true }),
    ];
  });
}

/** The stage under way, in a line: which of how many it is, and how far. */
export function stageLine(state: StudyState, width: number, theme: Theme): Row {
  const { stages } = state;
  const stage = stages[currentIndex(state)];
  if (stage === undefined) return [run("warming up", { dim: true })];
  const [sign, color] = signOf(stage, theme);
  const place: Row = [run(`stage ${currentIndex(state) + 1} of ${stages.length}`, { dim: true })];
  const left: Row = [
    run(`${sign} `, { color }),
    run(readable(stage.title, theme), { bold: true }),
    run(`  ${countOf(stage)}`),
  ];
  return spread(left, [run("  "), ...place], width, theme.glyphs.ellipsis);
}

/** The stage under way, or between two the one that has just ended. */
export function currentIndex({ stages, stage }: StudyState): number {
  return Math.max(
    0,
    stages.findIndex(({ name }) => name === stage),
  );
}

function countOf({ status, done, steps }: StageState): string {
  if (steps === 0) return "";
  return status === "waiting" ? String(steps) : `${done}/${steps}`;
}

function signOf({ status }: StageState, { glyphs }: Theme): readonly [string, Color | undefined] {
  if (status === "done") return [glyphs.done, COLORS.good];
  return status === "active" ? [glyphs.running, COLORS.brand] : [glyphs.dot, undefined];
}
