// Blocks of a name and a value a row, in groups, between rules: what Stable-Baselines3 prints.
import type { Field } from "../format.ts";
import { parseNumber } from "./numbers.ts";
import type { TableRow } from "./printed-table.ts";

const ROW = /^\|\s*([\w/ .-]{1,80}?)\s*\|\s*([^|]{0,40}?)\s*\|\s*$/;
const MOST_ROWS = 200;

export class KeyValueBlock {
  private fields: Field[] = [];
  private group = "";

  /** A block's fields at the rule that ends it; "row" within it; `undefined` for what is no part of one. */
  read(line: string): TableRow | "row" | undefined {
    const trimmed = line.trim();
    if (/^-{8,}$/.test(trimmed)) return this.finish();
    const [, name, text = ""] = ROW.exec(trimmed) ?? [];
    const value = parseNumber(text);
    const isGroup = name?.endsWith("/") === true && text === "";
    if (name === undefined || (value === undefined && !isGroup) || this.fields.length >= MOST_ROWS) {
      this.fields = [];
      return undefined;
    }
    if (isGroup) this.group = name;
    else if (value !== undefined) this.fields.push([`${this.group}${name}`, value]);
    return "row";
  }

  private finish(): TableRow | undefined {
    const { fields } = this;
    this.fields = [];
    this.group = "";
    return fields.length === 0 ? undefined : { fields };
  }
}
