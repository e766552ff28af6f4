// A file of numbers: known by its path before it is made.
import { type CsvValue, toCsv } from "@trainscope/core/text";

/** Made one after the other. */
export interface NumbersFile {
  readonly path: string;
  content(): string;
}

export type Sheet = readonly [header: readonly string[], rows: readonly (readonly CsvValue[])[]];

export function csvFile(name: string, sheet: () => Sheet): NumbersFile {
  return { path: `numbers/${name}.csv`, content: () => toCsv(...sheet()) };
}
