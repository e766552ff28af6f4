// What a printed line comes to.
import type { Split } from "@trainscope/core";
import type { Field } from "../format.ts";

export interface ParsedLine {
  readonly fields: readonly Field[];
  /** Of the line as a whole. A figure that says its own split has it in its name. */
  readonly split: Split | undefined;
  /** The split that was named last, by the line or by a figure. */
  readonly lastSplit: Split | undefined;
  /** Whether it tells its place itself. */
  readonly isCounted: boolean;
  /** Whether any field is a figure. */
  readonly hasFigure: boolean;
  /** Whether its epoch stood in brackets without a word: `[3/40]`. */
  readonly hasBracketEpoch: boolean;
  /** Whether it told an epoch and a batch by one counter: `Batch 2/100`. */
  readonly hasPair: boolean;
  /** Whether a bar stands at its start that is full. */
  readonly hasFullBar: boolean;
}
