// A regression tree over a space: its leaves as boxes, so that a function of all settings can be integrated over some.
import type { Random } from "@trainscope/core";

/** A setting as the tree sees it: the unit interval, or one of so many categories. */
export type Axis = { readonly kind: "interval" } | { readonly kind: "categories"; readonly count: number };

/** Of an axis: the part of the interval, or the categories, that a box has. */
export type Side = { readonly low: number; readonly high: number } | readonly boolean[];

export interface Leaf {
  /** A side of each axis. */
  readonly box: readonly Side[];
  readonly value: number;
  /** The share of the space that it is, 0 to 1. */
  readonly measure: number;
}

export interface Samples {
  readonly axes: readonly Axis[];
  /** Of each sample a place in the interval, or the number of its category, for each axis. */
  readonly places: readonly (readonly number[])[];
  readonly values: readonly number[];
}

/** Of the axes, those that a split is looked for on. */
const AXES_SHARE = 5 / 6;

/**
 * Grown on a bootstrap sample until every leaf has one value, by least squares (Breiman et al. 1984); each split is looked
 * for on five of six axes, as in Hutter et al. 2014.
 */
export function growTree(samples: Samples, random: Random): readonly Leaf[] {
  const count = samples.values.length;
  const drawn = Array.from({ length: count }, () => random.integer(count));
  const whole = samples.axes.map(
    (axis): Side =>
      axis.kind === "interval" ? { low: 0, high: 1 } : Array.from({ length: axis.count }, () => true),
  );
  const leaves: Leaf[] = [];
  const open = [{ members: drawn, box: whole }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { members, box } = node;
    const split = bestSplit(samples, members, box, random);
    if (split === undefined) {
      const value = meanOf(members.map((index) => samples.values[index] as number));
      leaves.push({ box, value, measure: measureOf(samples.axes, box) });
      continue;
    }
    const { axis, left, right, isLeft } = split;
    const goesLeft = (index: number): boolean => isLeft(samples.places[index]?.[axis] as number);
    open.push({ members: members.filter(goesLeft), box: box.with(axis, left) });
    open.push({ members: members.filter((index) => !goesLeft(index)), box: box.with(axis, right) });
  }
  return leaves;
}

/** The share of the axis that a side is. */
export function widthOf(axis: Axis, side: Side): number {
  if ("low" in side) return side.high - side.low;
  return side.filter(Boolean).length / (axis.kind === "categories" ? axis.count : 1);
}

function measureOf(axes: readonly Axis[], box: readonly Side[]): number {
  return axes.reduce((product, axis, index) => product * widthOf(axis, box[index] as Side), 1);
}

interface Split {
  readonly axis: number;
  readonly left: Side;
  readonly right: Side;
  readonly isLeft: (place: number) => boolean;
  /** By how much the sum of squares around the means becomes less. */
  readonly gain: number;
}

function bestSplit(
  samples: Samples,
  members: readonly number[],
  box: readonly Side[],
  random: Random,
): Split | undefined {
  const first = samples.values[members[0] ?? 0];
  if (members.every((index) => samples.values[index] === first)) return undefined;
  const { axes } = samples;
  const order = axes.map((_, index) => ({ index, key: random.uniform() })).sort((a, b) => a.key - b.key);
  const most = Math.max(1, Math.ceil(AXES_SHARE * axes.length));
  let best: Split | undefined;
  order.forEach(({ index }, turn) => {
    // The axes that are left out are looked at where no other can be split.
    if (turn >= most && best !== undefined) return;
    const found = splitOn(samples, members, index, box[index] as Side);
    if (found !== undefined && found.gain > (best?.gain ?? -1)) best = found;
  });
  return best;
}

interface Group {
  readonly place: number;
  sum: number;
  count: number;
}

/** Between neighbouring places of an interval; of categories in the order of their means, which has the best of all splits. */
function splitOn(
  { axes, places, values }: Samples,
  members: readonly number[],
  axis: number,
  side: Side,
): Split | undefined {
  const groups = new Map<number, Group>();
  for (const index of members) {
    const place = places[index]?.[axis] as number;
    const group = groups.get(place) ?? { place, sum: 0, count: 0 };
    groups.set(place, group);
    group.sum += values[index] as number;
    group.count++;
  }
  const isInterval = axes[axis]?.kind === "interval";
  const key = ({ place, sum, count }: Group): number => (isInterval ? place : sum / count);
  const sorted = [...groups.values()].sort((a, b) => key(a) - key(b) || a.place - b.place);
  const total = sorted.reduce((sum, group) => sum + group.sum, 0);
  let [sum, count] = [0, 0];
  let best: { at: number; gain: number } | undefined;
  sorted.slice(0, -1).forEach((group, at) => {
    sum += group.sum;
    count += group.count;
    const rest = members.length - count;
    const gain = sum ** 2 / count + (total - sum) ** 2 / rest - total ** 2 / members.length;
    if (gain > (best?.gain ?? -1)) best = { at, gain };
  });
  if (best === undefined) return undefined;
  const { at, gain } = best;
  if ("low" in side) {
    const [low, high] = [sorted[at]?.place as number, sorted[at + 1]?.place as number];
    const between = (low + high) / 2;
    // Halfway between neighbouring doubles may be the upper one, which then would go left.
    const middle = between < high ? between : low;
    return {
      axis,
      gain,
      isLeft: (place: number) => place <= middle,
      left: { low: side.low, high: middle },
      right: { low: middle, high: side.high },
    };
  }
  const lefts = new Set(sorted.slice(0, at + 1).map(({ place }) => place));
  return {
    axis,
    gain,
    isLeft: (place: number) => lefts.has(place),
    // Categories that no member has go to the right.
    left: side.map((has, place) => has && lefts.has(place)),
    right: side.map((has, place) => has && !lefts.has(place)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
