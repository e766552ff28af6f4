// What keys mean on the screen of a sweep: those of its table, and its own.
import { type TableCommand, type TableKey, tableCommandsOf } from "../../../screens/table-keys.ts";

type OwnCommand =
  | { readonly kind: "pair"; readonly by: 1 | -1 }
  | { readonly kind: "stop" }
  | { readonly kind: "map" };

export type BoardCommand = TableCommand | OwnCommand;

const KEYS: Readonly<Record<string, OwnCommand>> = {
  m: { kind: "pair", by: 1 },
  M: { kind: "pair", by: -1 },
  v: { kind: "map" },
  x: { kind: "stop" },
};

export function boardCommandsOf(input: string, key: TableKey, typing: boolean): readonly BoardCommand[] {
  return tableCommandsOf(input, key, typing, KEYS);
}
