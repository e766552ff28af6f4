// How a table with a filter is looked at, whatever its rows are: what keys change, and no row does.
import { visible } from "@trainscope/core/text";
import type { TableCommand } from "./table-keys.ts";

export interface TableView {
  readonly filter: string;
  /** The filter is being typed. */
  readonly typing: boolean;
  /** Keys of rows. */
  readonly pinned: ReadonlySet<string>;
  readonly selected: string | undefined;
  /** A column's name. */
  readonly sort: string;
  readonly reversed: boolean;
  readonly help: boolean;
}

export const FIRST_TABLE_VIEW = {
  filter: "",
  typing: false,
  pinned: new Set<string>(),
  selected: undefined,
  reversed: false,
  help: false,
} as const satisfies Partial<TableView>;

/** What keys need to know of the table that they change the view of. */
export interface ShownTable {
  /** In the table's order. */
  readonly rows: readonly { readonly key: string }[];
  /** One of the rows. */
  readonly selected: { readonly key: string } | undefined;
  /** What it can be sorted by, in the order that the key goes through it. */
  readonly columns: readonly string[];
  /** How many rows it shows at once. */
  readonly page: number;
}

const LONGEST_FILTER = 200;

export function reduceTable<View extends TableView>(
  view: View,
  command: Exclude<TableCommand, { kind: "quit" | "interrupt" }>,
  table: ShownTable,
): View {
  switch (command.kind) {
    case "filter":
      return { ...view, typing: true, help: false };
    case "type":
      return { ...view, filter: (view.filter + visible(command.text)).slice(0, LONGEST_FILTER) };
    case "erase":
      return { ...view, filter: [...view.filter].slice(0, -1).join("") };
    case "enter":
      return { ...view, typing: false, help: false };
    case "escape":
      return view.help ? { ...view, help: false } : { ...view, typing: false, filter: "" };
    case "pin":
      return { ...view, pinned: pinned(view, table) };
    case "move":
      return { ...view, selected: moved(command.by, table) };
    case "sort":
      return { ...view, sort: after(table.columns, view.sort), reversed: false };
    case "reverse":
      return { ...view, reversed: !view.reversed };
    case "help":
      return { ...view, help: !view.help };
  }
}

/** The one behind the item, and behind the last the first. */
export function after<Item>(items: readonly Item[], item: Item): Item {
  return items[(items.indexOf(item) + 1) % items.length] ?? item;
}

function pinned({ pinned: before }: TableView, { selected }: ShownTable): ReadonlySet<string> {
  if (selected === undefined) return before;
  const others = new Set([...before].filter((key) => key !== selected.key));
  return others.size < before.size ? others : others.add(selected.key);
}

function moved(
  by: Extract<TableCommand, { kind: "move" }>["by"],
  { rows, selected, page }: ShownTable,
): string | undefined {
  const now = selected === undefined ? 0 : rows.indexOf(selected);
  const steps = { page, "-page": -page, first: -rows.length, last: rows.length } as const;
  const wanted = now + (typeof by === "number" ? by : steps[by]);
  return rows[Math.max(0, Math.min(rows.length - 1, wanted))]?.key;
}
