// A table as one of TensorBoard's event files.
import { requireArgument } from "@trainscope/core/errors";
import { joined } from "../bytes/joined.ts";
import type { RunTable } from "../meaning/run-table.ts";
import { tableRows } from "../meaning/run-table.ts";
import { eventRecord, fileHeader } from "../tensorboard/event-file.ts";

/** TensorBoard's steps are whole: parts of an epoch are counted in so many. */
export const PARTS_OF_EPOCH = 1000;

/** TensorBoard's file of a run. */
export interface EventFile {
  readonly bytes: Uint8Array;
  /** What one x is in the file: 1, or `PARTS_OF_EPOCH` where an x isn't whole. */
  readonly stepsPerX: number;
}

/** `wallTime` in seconds since 1970: when the figures were told isn't kept in a table. */
export function toEventFile(table: RunTable, wallTime: number): EventFile {
  requireArgument("toEventFile", "table", table, "an object");
  const { header, rows } = tableRows(table);
  const stepsPerX = rows.every(([x]) => Number.isInteger(x)) ? 1 : PARTS_OF_EPOCH;
  const settings =
    Object.keys(table.settings).length > 0 ? [{ kind: "hparams" as const, values: table.settings }] : [];
  const parts = [fileHeader(wallTime)];
  if (settings.length > 0) parts.push(eventRecord({ wallTime, step: 0, values: settings }));
  for (const [x, ...values] of rows) {
    const scalars = values.flatMap((value, column) => {
      const tag = header[column + 1];
      return value === null || tag === undefined ? [] : [{ kind: "scalar" as const, tag, value }];
    });
    parts.push(eventRecord({ wallTime, step: Math.round((x ?? 0) * stepsPerX), values: scalars }));
  }
  return { bytes: joined(parts), stepsPerX };
}
