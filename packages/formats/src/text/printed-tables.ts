// Whatever is printed in rows and columns, of all the kinds that there are.
import { KeyValueBlock } from "./key-value-block.ts";
import { PrintedTable, type TableRow } from "./printed-table.ts";
import { SplitTable } from "./split-table.ts";
import { yoloRow } from "./yolo-rows.ts";

/** A line that is of a table and tells nothing itself. */
const NOTHING: readonly TableRow[] = [];

export class PrintedTables {
  private readonly block = new KeyValueBlock();
  private readonly splits = new SplitTable();
  private readonly table = new PrintedTable();

  /** The rows that a line tells; `undefined` for what is of no table. */
  read(line: string): readonly TableRow[] | undefined {
    const text = line.replace(/[│┃]/g, "|");
    const block = this.block.read(text);
    if (block === "row") return NOTHING;
    if (block !== undefined) return [block];
    const ofSplits = this.splits.read(text);
    if (ofSplits === "header") return NOTHING;
    if (ofSplits !== undefined) return [{ fields: ofSplits, isLoose: true }];
    const ofYolo = yoloRow(text);
    if (ofYolo !== undefined) return [{ fields: ofYolo }];
    const row = this.table.read(text);
    if (row === "header") return NOTHING;
    return row === undefined ? undefined : [row];
  }
}
