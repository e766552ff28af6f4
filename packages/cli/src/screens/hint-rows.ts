// The last line of a screen with a table: the filter that is typed, or the keys there are.
import { visible } from "@trainscope/core/text";
import { COLORS, type Keys, keyRow, type Row, rowWidth, run } from "@trainscope/tui/parts";

/** The filter while it is typed, and how typing ends where there is room for that. */
export function typedFilterRow(filter: string, width: number): Row {
  const typed: Row = [run(" filter: ", { bold: true, color: COLORS.caution }), run(`${visible(filter)}_  `)];
  const keys = keyRow(
    [
      ["Enter", "keeps it"],
      ["Esc", "shows all"],
    ],
    width,
  );
  return rowWidth(typed) + rowWidth(keys) <= width ? [...typed, ...keys] : typed;
}

/** As many of the keys as there is room for before the one for the help, which always stands. */
export function fittingKeys(keys: Keys, width: number): Row {
  const help: Keys = [["?", "help"]];
  for (let count = keys.length; count > 0; count--) {
    const row = keyRow([...keys.slice(0, count), ...help], width);
    if (rowWidth(row) < width) return row;
  }
  return keyRow(help, width);
}
