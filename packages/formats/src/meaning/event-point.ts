// Figures in an event of trainscope's own grammar, so that its logs are a source like any other.
import type { EventEntry } from "../format.ts";

export interface EventPoint {
  readonly x: number;
  readonly values: readonly (readonly [tag: string, value: number | null])[];
  readonly learningRate: number | undefined;
}

/** `undefined` for an event without figures, and for what is no event. */
export function eventPoint({ value }: EventEntry): EventPoint | undefined {
  const isEpoch = value.type === "epoch:end";
  const x = isEpoch ? value.epoch : value.type === "point" ? value.x : undefined;
  const { metrics, learningRate } = value;
  if (typeof x !== "number" || !Number.isFinite(x) || typeof metrics !== "object" || metrics === null)
    return undefined;
  const values = Object.entries(metrics).flatMap(([tag, figure]: [string, unknown]) =>
    typeof figure === "number" || figure === null ? [[tag, figure] as const] : [],
  );
  return { x, values, learningRate: typeof learningRate === "number" ? learningRate : undefined };
}
