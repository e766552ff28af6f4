// A table with a header, of which one row is selected and some are pinned: its lines, whatever its columns are.
import { visible } from "@trainscope/core/text";
import {
  alignLeft,
  alignRight,
  COLORS,
  type Heading,
  type Row,
  type Run,
  run,
  type Style,
  type Theme,
  validationLine,
} from "@trainscope/tui/parts";
import { isDashed, type Look } from "./looks.ts";
import type { TableView } from "./table-view.ts";

export interface Column<Item> {
  /** As the table is sorted by it, where it can be. */
  readonly name: string;
  readonly title: string;
  readonly align: "left" | "right";
  readonly textOf: (item: Item) => string;
  readonly styleOf?: (item: Item) => Style;
}

/** What of a table's screen its lines are drawn from. */
export interface TableScene<Item> {
  readonly view: TableView;
  readonly selected: Item | undefined;
  readonly looks: ReadonlyMap<Item, Look>;
  readonly theme: Theme;
}

/** Cells between two columns. */
export const GAP = 2;
/** Cells of the cursor, the pin, the line and the letter, which stand before the first column. */
export const MARKS = 6;

/** A header, and a line for each item of the page. */
export function linesOf<Item extends { readonly key: string }>(
  page: readonly Item[],
  columns: readonly (Column<Item> & { readonly width: number })[],
  scene: TableScene<Item>,
): Row[] {
  const { view, selected } = scene;
  const { ellipsis, up, down } = scene.theme.glyphs;
  const line = (marks: readonly Run[], cellOf: (column: Column<Item>) => readonly [string, Style]): Row => [
    ...marks,
    ...columns.map((column, at) => {
      const [text, style] = cellOf(column);
      const align = column.align === "left" ? alignLeft : alignRight;
      return run(" ".repeat(at === 0 ? 0 : GAP) + align(text, column.width, ellipsis), style);
    }),
  ];
  const header = line([run(" ".repeat(MARKS))], ({ name, title }) =>
    name === view.sort
      ? [`${title}${view.reversed ? up : down}`, { dim: false, bold: true }]
      : [title, { dim: true, bold: false }],
  );
  const lines = page.map((item) =>
    line(marksOf(item, scene), (column) => {
      const style = column.styleOf?.(item) ?? {};
      const bold = item === selected || view.pinned.has(item.key) || style.bold === true;
      return [visible(column.textOf(item)), { ...style, bold }];
    }),
  );
  return [header, ...lines];
}

/** The title, what is shown of how many, and what they are sorted by. */
export function headingOf<Item>(
  title: string,
  { rows, all, selected }: { rows: readonly Item[]; all: number; selected: Item | undefined },
  { view, theme }: Pick<TableScene<Item>, "view" | "theme">,
  room: number,
): Heading {
  const { dash, dot } = theme.glyphs;
  const [first, end] = windowAround(rows, selected, room);
  const part = rows.length > room ? `${first + 1}${dash}${end} of ${rows.length}` : "";
  const hidden = all - rows.length;
  const parts = [part, hidden > 0 ? `${hidden} hidden` : "", `sorted: ${visible(view.sort)}`];
  const legend = (words: readonly string[]): Row => [
    run(words.filter((word) => word !== "").join(`  ${dot}  `), { dim: true }),
  ];
  return { title, legends: [legend(parts), legend(parts.slice(0, 2))] };
}

/** First row that is shown, and the first after it that isn't: the selected one as near to the middle as there is room. */
export function windowAround<Item>(
  rows: readonly Item[],
  selected: Item | undefined,
  room: number,
): readonly [number, number] {
  const shown = Math.max(1, room);
  const at = selected === undefined ? 0 : rows.indexOf(selected);
  const first = Math.max(0, Math.min(rows.length - shown, at - Math.floor(shown / 2)));
  return [first, Math.min(rows.length, first + shown)];
}

function marksOf<Item extends { readonly key: string }>(
  item: Item,
  { view, selected, looks, theme }: TableScene<Item>,
): Run[] {
  const { glyphs } = theme;
  const look = looks.get(item);
  const dashed = look !== undefined && isDashed(look, theme.color);
  const line = look && (dashed ? validationLine({ ...theme, color: false }) : glyphs.trainLine);
  return [
    run(item === selected ? ">" : " ", { bold: true, color: COLORS.brand }),
    run(view.pinned.has(item.key) ? glyphs.brand : " ", { color: COLORS.brand }),
    run(line ?? "  ", { color: look?.color }),
    run(`${look?.letter ?? " "} `, { color: look?.color, bold: true }),
  ];
}
