// The line of an epoch in a log of trainscope's own, read only as far as a list of runs needs it: a hundred logs of ten
// thousand epochs are read in seconds.
import type { TrainingEvent } from "@trainscope/core/events";
import { metricTag } from "@trainscope/core/history";

export const LISTED_TAG = metricTag("validation", "accuracy");

/** As the log is written: JSON without spaces, the header first. */
const EPOCH =
  /^\{"v":1,"seq":\d+,"runId":"[^"\\]*","time":\d+,"type":"epoch:(start|end)","epoch":(\d+),"epochs":(\d+)[,}]/;
const FIGURE = new RegExp(`"${LISTED_TAG}":(-?\\d[\\d.eE+-]*)[,}]`);
const HEADER = { v: 1, seq: 0, runId: "", time: 0 } as const;

/**
 * The event, with no figure but the validation accuracy, without its times and with an empty header; `undefined` for any
 * other line, and for one that breaks off.
 */
export function skimEpoch(line: string): TrainingEvent | undefined {
  const found = line.endsWith("}") ? EPOCH.exec(line) : null;
  if (found === null) return undefined;
  const [, kind, epoch, epochs] = found;
  const fields = { ...HEADER, epoch: Number(epoch), epochs: Number(epochs) };
  if (kind === "start") return { ...fields, type: "epoch:start" };
  const figure = FIGURE.exec(line)?.[1];
  const metrics = figure === undefined ? {} : { [LISTED_TAG]: Number(figure) };
  return { ...fields, type: "epoch:end", learningRate: 0, metrics, timing: { trainMs: 0, evaluateMs: 0 } };
}
