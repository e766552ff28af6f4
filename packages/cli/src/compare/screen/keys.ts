// What keys mean on the screen of a comparison: those of its table, and its own.
import { type TableCommand, type TableKey, tableCommandsOf } from "../../screens/table-keys.ts";

type OwnCommand =
  | { readonly kind: "metric"; readonly by: 1 | -1 }
  | { readonly kind: "align" | "log" | "picture" | "csv" };

export type CompareCommand = TableCommand | OwnCommand;

const KEYS: Readonly<Record<string, OwnCommand>> = {
  m: { kind: "metric", by: 1 },
  M: { kind: "metric", by: -1 },
  t: { kind: "align" },
  l: { kind: "log" },
  v: { kind: "picture" },
  e: { kind: "csv" },
};

export function compareCommandsOf(input: string, key: TableKey, typing: boolean): readonly CompareCommand[] {
  return tableCommandsOf(input, key, typing, KEYS);
}
