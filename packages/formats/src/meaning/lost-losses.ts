// Losses that are no number any more: each is said once, until it is one again.
import type { AlertEvent } from "@trainscope/core/events";
import type { Point } from "./meant.ts";
import { isLoss } from "./words.ts";

export type Loss = Pick<AlertEvent, "code" | "message">;

export class LostLosses {
  /** Of each loss what was said of it; `undefined` while it is a number. */
  private readonly losses = new Map<string, Loss | undefined>();

  /** What is to be said of values. `place`: where they were told, in words. */
  take(values: Point["values"], place: string): readonly Loss[] {
    return values.flatMap(([tag, value]) => this.takeOne(tag, value, place) ?? []);
  }

  private takeOne(tag: string, value: number | null, place: string): Loss | undefined {
    if (value === null || !isLoss(tag.slice(tag.indexOf("/") + 1).toLowerCase())) return undefined;
    const isFirst = !this.losses.has(tag);
    const isKnown = this.losses.get(tag) !== undefined;
    if (Number.isFinite(value)) this.losses.set(tag, undefined);
    if (Number.isFinite(value) || isKnown) return undefined;
    // What has never been one may just not have been measured yet.
    const code = isFirst ? "output" : "diverged";
    const loss: Loss = { code, message: `${tag} is no number any more, at ${place}: ${value}` };
    this.losses.set(tag, loss);
    return loss;
  }

  /** What was said of those that still are none. */
  now(): readonly Loss[] {
    return [...this.losses.values()].filter((loss) => loss !== undefined);
  }
}
