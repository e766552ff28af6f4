// The formats that there are, and which of them a source is.
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { csv } from "./csv/csv.ts";
import type { Format } from "./format.ts";
import { jsonDocument } from "./json/json-document.ts";
import { jsonLines } from "./lines/json-lines.ts";
import { printedText } from "./lines/printed-text.ts";
import { mlflow } from "./mlflow/metric-file.ts";
import { TENSORBOARD } from "./tensorboard/format.ts";
import { TRACKIO } from "./trackio/format.ts";
import { WANDB } from "./wandb/format.ts";

/** In the order in which people are told of them. */
export const FORMATS: readonly Format[] = [
  jsonLines,
  jsonDocument,
  csv,
  printedText,
  TENSORBOARD,
  mlflow,
  WANDB,
  TRACKIO,
];

/** So many bytes are looked at to recognise a source. */
export const HEAD_LENGTH = 1 << 16;

/** The format that recognises these first bytes with the most certainty; `undefined` where none takes them. */
export function recogniseFormat(head: Uint8Array, fileName?: string): Format | undefined {
  requireArgument("recogniseFormat", "head", head, "bytes");
  const sure = FORMATS.map((format) => ({ format, confidence: format.recognise(head, fileName) }));
  const best = sure.reduce((one, other) => (other.confidence > one.confidence ? other : one));
  return best.confidence > 0 ? best.format : undefined;
}

/** Throws `BAD_OPTION`, with what there is, where no format has the name. */
export function formatNamed(name: string): Format {
  requireArgument("formatNamed", "name", name, "a text");
  const format = FORMATS.find((one) => one.name === name.toLowerCase());
  if (format !== undefined) return format;
  throw new TrainscopeError("BAD_OPTION", `there is no format "${name}"`, {
    hint: `The formats are ${FORMATS.map((one) => one.name).join(", ")}.`,
  });
}
