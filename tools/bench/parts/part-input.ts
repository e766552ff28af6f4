// What a part of the benchmark is given.
import type { BenchOptions } from "../options.ts";
import type { BenchData } from "../work/choose-data.ts";

export interface PartInput {
  readonly options: BenchOptions;
  readonly data: BenchData;
  /** Of the part's own, for its files; removed at the end. */
  readonly folder: string;
}
