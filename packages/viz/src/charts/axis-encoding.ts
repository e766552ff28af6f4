// An axis as Vega-Lite writes it.
import type { Axis as RunAxis } from "@trainscope/core/events";
import type { Axis } from "./axis.ts";
import type { Quantity } from "./quantity.ts";

/** `Loss (nats per image)`: a name with its unit; that the scale isn't the plain one is said too. */
export function axisTitle({ title, unit }: Pick<Quantity, "title" | "unit">, { scale }: Axis): string {
  const remarks = [unit, scale === "log" ? "log scale" : undefined].filter((remark) => remark !== undefined);
  return remarks.length === 0 ? title : `${title} (${remarks.join(", ")})`;
}

/** Of what a run counts. */
export function titleOfAxis(along: RunAxis): string {
  return along === "step" ? "Step" : "Epoch";
}

/** Vega-Lite's ticks and labels of an axis, as they were chosen here. */
export function tickMarks({ ticks, labels }: Axis) {
  const values = [...ticks];
  // Vega-Lite makes 1 the least step for whole numbers, by which Vega thins ticks that are given, too.
  if (typeof labels === "string") return { values, format: labels, tickMinStep: 0 };
  return { values, labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]` };
}

/** Vega-Lite's scale of an axis: its kind and its ends. */
export function scaleOf({ scale, domain }: Axis) {
  return { type: scale, domain: [...domain], nice: false, ...(scale === "linear" && { zero: false }) };
}
