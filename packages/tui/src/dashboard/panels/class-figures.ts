// A figure of each class as a bar with its number; in several columns where classes are many, the lowest first where
// not all have room.
import { valueRange } from "@trainscope/core/history";
import { visible } from "@trainscope/core/text";
import { type Formats, formatMetric } from "../../text/format-metric.ts";
import { displayWidth } from "../../text/width.ts";
import { metricCell } from "../model/metrics.ts";
import type { ClassFigures } from "../model/results.ts";
import type { DashboardState } from "../model/state.ts";
import { alignLeft, alignRight, type Row, run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { answerColor } from "./answer-colors.ts";
import { barRuns } from "./bar.ts";

const MOST_NAME = 16;
const LEAST_BAR = 6;
const MOST_BAR = 60;
const GAP = 2;

/** At most `height` rows of at most `width` columns. */
export function classFigureRows(
  { name, infos }: ClassFigures,
  state: Pick<DashboardState, "history" | "newest">,
  formats: Formats,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  if (height < 1) return [];
  const figures = infos.map((info) => {
    const value = metricCell(state, info)?.newest ?? null;
    return {
      label: visible(info.name.slice(name.length + 1)),
      value,
      text: formatMetric(info, value, formats),
    };
  });
  const labelWidth = Math.min(MOST_NAME, Math.max(...figures.map(({ label }) => displayWidth(label))));
  const textWidth = Math.max(...figures.map(({ text }) => displayWidth(text)));
  const least = labelWidth + 1 + LEAST_BAR + 1 + textWidth;
  const most = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const columns = Math.min(most, Math.ceil(figures.length / height));
  const shown =
    figures.length <= columns * height
      ? figures
      : figures
          .toSorted((a, b) => (a.value ?? Number.NEGATIVE_INFINITY) - (b.value ?? Number.NEGATIVE_INFINITY))
          .slice(0, columns * height);
  const rows = Math.ceil(shown.length / columns);
  const columnWidth = Math.floor((width + GAP) / columns) - GAP;
  const bar = Math.min(MOST_BAR, columnWidth - labelWidth - textWidth - 2);
  const [low, high] = rangeOf(infos[0], figures);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column): Row => {
      const figure = shown[column * rows + row];
      if (figure === undefined) return [];
      const { label, value, text } = figure;
      const part = value === null || high === low ? 0 : (value - low) / (high - low);
      return [
        run(column > 0 ? " ".repeat(GAP) : ""),
        run(`${alignLeft(label, labelWidth, theme.glyphs.ellipsis)} `),
        ...(bar < 1 ? [] : barRuns(part, bar, answerColor(true, theme), theme)),
        run(alignRight(text, textWidth + 1), { bold: true }),
        run(" ".repeat(Math.max(0, columnWidth - labelWidth - 2 - Math.max(0, bar) - textWidth))),
      ];
    }).flat(),
  );
}

/** From 0 on, where the metric says nothing else. */
function rangeOf(
  info: ClassFigures["infos"][number] | undefined,
  figures: readonly { readonly value: number | null }[],
): readonly [number, number] {
  const declared = info && valueRange(info);
  if (declared !== undefined) return declared;
  const values = figures.flatMap(({ value }) => value ?? []);
  return [Math.min(0, ...values), Math.max(0, ...values)];
}
