// How many images got which probability of their true class: right and wrong answers stacked, 0 at the left, 1 at the right.
import type { EvaluationDetailsEvent } from "@trainscope/core/events";
import { formatCount, formatShortCount } from "../../text/format.ts";
import { displayWidth } from "../../text/width.ts";
import { alignLeft, alignRight, type Row, type Run, run, type Style } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { answerColor } from "./answer-colors.ts";

type TrueClass = EvaluationDetailsEvent["trueClass"];

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const MOST_BIN = 8;

/** Nothing where not even one column a bin fits. */
export function histogramRows(trueClass: TrueClass, width: number, height: number, theme: Theme): Row[] {
  const { right, wrong } = trueClass;
  const bins = Math.max(right.length, wrong.length);
  const totals = Array.from({ length: bins }, (_, bin) => (right[bin] ?? 0) + (wrong[bin] ?? 0));
  const most = Math.max(1, ...totals);
  const label = displayWidth(formatShortCount(most)) + 1;
  const [side, tick, corner, across] = theme.glyphs.axis;
  const binWidth = Math.min(MOST_BIN, Math.floor((width - label - 1) / Math.max(1, bins)));
  const barHeight = height - 2;
  if (binWidth < 1 || barHeight < 1) return [];
  const bars = totals.map((total, bin) => ({
    right: eighths(right[bin] ?? 0, most, barHeight),
    total: eighths(total, most, barHeight),
  }));
  const rows = Array.from({ length: barHeight }, (_, line): Row => {
    const isTop = line === 0;
    const axis = alignRight(isTop ? formatShortCount(most) : "", label - 1) + (isTop ? tick : side);
    const from = 8 * (barHeight - 1 - line);
    const air = binWidth > 2 ? 1 : 0;
    const cells = bars.flatMap((bar) => [
      cell(bar.right - from, bar.total - from, binWidth - air, theme),
      run(" ".repeat(air)),
    ]);
    return [run(axis, { dim: true }), ...cells];
  });
  const line = alignRight("0", label - 1) + corner + across.repeat(bins * binWidth);
  return [...rows, [run(line, { dim: true })], [run(axisLabels(label, bins * binWidth), { dim: true })]];
}

/** `right 3,878  wrong 6,122`, in their colours; the second is shorter, the last empty. */
export function histogramLegends({ right, wrong }: TrueClass, theme: Theme): readonly Row[] {
  const sum = (counts: readonly number[]): string =>
    formatCount(counts.reduce((total, count) => total + count, 0));
  const [rightSign, wrongSign] = signs(theme);
  const legend = (rightText: string, wrongText: string): Row => [
    run(rightSign, { color: answerColor(true, theme) }),
    run(` ${rightText}  `, { dim: true }),
    run(wrongSign, { color: answerColor(false, theme) }),
    run(` ${wrongText}`, { dim: true }),
  ];
  return [legend(`right ${sum(right)}`, `wrong ${sum(wrong)}`), legend("right", "wrong"), []];
}

/** Of right and wrong, where the whole cell is one of them. */
function signs({ color, ascii }: Theme): readonly [string, string] {
  if (ascii) return ["#", "."];
  return color ? ["█", "█"] : ["█", "░"];
}

/** Height in eighths of a cell; whatever is there is seen. */
function eighths(count: number, most: number, height: number): number {
  return count > 0 ? Math.max(1, Math.round((8 * height * count) / most)) : 0;
}

/** One bin in one row: right answers up to `right` eighths, wrong ones above them up to `total`. */
function cell(right: number, total: number, width: number, theme: Theme): Run {
  if (total <= 0) return run(" ".repeat(width));
  const [rightSign, wrongSign] = signs(theme);
  if (theme.ascii || !theme.color) {
    // Whole cells: whichever of the two has more of it.
    if (total < 4) return run((theme.ascii ? "_" : (EIGHTHS[total] ?? " ")).repeat(width));
    return run((right >= Math.min(8, total) - right ? rightSign : wrongSign).repeat(width));
  }
  const style = (isRight: boolean): Style => ({ color: answerColor(isRight, theme) });
  if (right >= 8) return run(rightSign.repeat(width), style(true));
  if (right <= 0) return run((EIGHTHS[Math.min(8, total)] ?? "").repeat(width), style(false));
  if (total >= 8) {
    return run((EIGHTHS[right] ?? "").repeat(width), { ...style(true), background: answerColor(false, theme) });
  }
  return run((EIGHTHS[total] ?? "").repeat(width), style(2 * right >= total));
}

/** 0 below the axis' start, 1 at its end, halves between as room allows. */
function axisLabels(label: number, width: number): string {
  const marks = width >= 40 ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1];
  return marks.reduce((text, mark) => {
    const name = String(mark);
    const centre = label + mark * width - (mark === 0 ? 0 : mark === 1 ? name.length : name.length / 2);
    return alignLeft(text, Math.round(centre)) + name;
  }, "");
}
