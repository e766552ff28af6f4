// The line of tabs: which there are, which is shown, and how many problems the log has.
import { type Row, type Run, rowWidth, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import { TAB_NAMES, type TabName } from "../view/view.ts";

/** Of the keys that select tabs and of blanks between them, as much as there is room for. */
interface Spacing {
  readonly numbers: boolean;
  readonly gap: number;
  /** Of problems; else only that there are some. */
  readonly count: boolean;
}

const SPACINGS: readonly Spacing[] = [
  { numbers: true, gap: 3, count: true },
  { numbers: true, gap: 2, count: true },
  { numbers: true, gap: 1, count: true },
  { numbers: false, gap: 1, count: true },
  { numbers: false, gap: 1, count: false },
];

/** The tab that is shown is on a bar, which takes a blank at each side; without colours it is between brackets. */
export function tabBarRow(active: TabName, problems: number, width: number, theme: Theme): Row {
  return tabParts(active, problems, width, theme).flatMap(({ runs }) => runs);
}

/** The tab whose name is in a column. */
export function tabAt(
  column: number,
  active: TabName,
  problems: number,
  width: number,
  theme: Theme,
): TabName | undefined {
  let left = 0;
  for (const { tab, runs } of tabParts(active, problems, width, theme)) {
    left += rowWidth(runs);
    if (column < left) return tab;
  }
  return undefined;
}

interface TabPart {
  readonly tab: TabName;
  /** With the blanks before it. */
  readonly runs: Row;
}

function tabParts(active: TabName, problems: number, width: number, theme: Theme): readonly TabPart[] {
  let parts: readonly TabPart[] = [];
  for (const spacing of SPACINGS) {
    parts = TAB_NAMES.map((tab, index) => ({
      tab,
      runs: partRuns(tab, index, active, problems, spacing, theme),
    }));
    if (parts.reduce((sum, { runs }) => sum + rowWidth(runs), 0) <= width) break;
  }
  return parts;
}

function partRuns(
  tab: TabName,
  index: number,
  active: TabName,
  problems: number,
  { numbers, gap, count }: Spacing,
  { color, glyphs }: Theme,
): Row {
  const marked = (text: string): Run => run(text, { bold: true, inverse: true });
  const afterActive = index > 0 && TAB_NAMES[index - 1] === active;
  const blanks = (index === 0 ? 1 : gap) - Number(tab === active) - Number(afterActive);
  const label: Row = [
    run(numbers ? `${index + 1} ` : "", { dim: true }),
    run(tab.charAt(0).toUpperCase() + tab.slice(1)),
    ...(tab === "log" && problems > 0
      ? [run(`${numbers ? " " : ""}${glyphs.warning}${count ? problems : ""}`, { color: COLORS.caution })]
      : []),
  ];
  const space = run(" ".repeat(Math.max(0, blanks)));
  if (tab !== active) return [space, ...label];
  const [open, close] = color ? [" ", " "] : ["[", "]"];
  return [space, marked(open), ...label.map(({ text }) => marked(text)), marked(close)];
}
