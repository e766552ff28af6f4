// Learning rates as figures: one that never changes is a setting, and no curve.
import type { Point } from "./meant.ts";
import { rateTag } from "./run-table.ts";

interface Constant {
  readonly value: number;
  readonly first: number;
  last: number;
}

export interface RatePoint {
  readonly x: number;
  readonly tag: string;
  readonly value: number;
}

export class RateChanges {
  /** Of those that have not changed yet; `undefined` of one that has. */
  private readonly constants = new Map<string, Constant | undefined>();
  private readonly newest = new Map<string, number>();

  /** `known`: what will be told next, as far as that is known: what changes there is a figure from the start. */
  constructor(known: readonly Pick<Point, "learningRates">[]) {
    const first = new Map<string, number>();
    for (const { name, value } of known.flatMap(({ learningRates }) => learningRates)) {
      if ((first.get(name) ?? value) !== value) this.constants.set(tagOf(name), undefined);
      if (!first.has(name)) first.set(name, value);
    }
  }

  /** What is to be told of a rate now: nothing while it is what it was, and where it changes how it was before, too. */
  take(x: number, { name, value }: { readonly name: string; readonly value: number }): readonly RatePoint[] {
    const tag = tagOf(name);
    if (x < (this.newest.get(tag) ?? x)) return [];
    this.newest.set(tag, x);
    const now = { x, tag, value };
    if (!this.constants.has(tag)) this.constants.set(tag, { value, first: x, last: x });
    const constant = this.constants.get(tag);
    if (constant === undefined) return [now];
    if (constant.value === value) {
      constant.last = x;
      return [];
    }
    this.constants.set(tag, undefined);
    const ends = new Set([constant.first, constant.last]);
    ends.delete(x);
    return [...Array.from(ends, (at) => ({ x: at, tag, value: constant.value })), now];
  }
}

function tagOf(name: string): string {
  return `train/${rateTag(name)}`;
}
