// How much each setting matters: functional analysis of variance on a forest of regression trees.
import { createRandom, RandomStream } from "@trainscope/core";
import { placeOf } from "../range.ts";
import {
  type Dimension,
  dimensionsOf,
  isSame,
  type Point,
  type SearchSpace,
  type SettingValue,
} from "../space.ts";
import { hasDiverged, type Score } from "../strategy.ts";
import { type Axis, growTree, type Leaf, type Samples, type Side, widthOf } from "./regression-tree.ts";

export interface ScoredPoint {
  readonly point: Point;
  readonly score: Score;
}

export interface Share {
  /** Of the variance of the score over the space, 0 to 1: the mean over the trees. */
  readonly share: number;
  /** Standard deviation over the trees: how sure it is. */
  readonly deviation: number;
}

/** How much a setting, or two of them together, say of the outcome. */
export interface Importance {
  /** That each setting explains by itself, in the order of the space. */
  readonly settings: readonly ({ readonly name: string } & Share)[];
  /** What only several of them together explain. */
  readonly together: Share;
}

const TREES = 64;
/** Streams of the trees lie beyond those of any candidate. */
const FIRST_STREAM = 2 ** 31;
/** With fewer a tree says nothing. */
export const LEAST_POINTS = 4;

/**
 * Functional ANOVA: Hutter, Hoos & Leyton-Brown 2014, "An Efficient Approach for Assessing Hyperparameter Importance",
 * algorithms 1 and 2. A tree's score as a function of one setting is its mean over all the others; the variance of that,
 * over the tree's own, is the setting's share. The space is taken evenly, as it is searched: the logarithm of a logarithmic
 * range. What diverged has the worst score of the others; a setting that isn't searched at a point has the middle of its
 * range there, or its first value. `undefined` where fewer than `LEAST_POINTS` have a score, or all have the same.
 */
export function settingImportance(
  space: SearchSpace,
  scored: readonly ScoredPoint[],
  { seed, trees = TREES }: { readonly seed: number; readonly trees?: number },
): Importance | undefined {
  const numbers = scored.map(({ score }) => score).filter((score): score is number => !hasDiverged(score));
  const worst = Math.max(...numbers);
  if (numbers.length < LEAST_POINTS) return undefined;
  const values = scored.map(({ score }) => (hasDiverged(score) ? worst : (score as number)));
  if (values.every((value) => value === values[0])) return undefined;
  const encoded = dimensionsOf(space).map(([name, dimension]) => ({
    name,
    ...encodedBy(
      dimension,
      scored.flatMap(({ point }) => point[name] ?? []),
    ),
  }));
  const samples: Samples = {
    axes: encoded.map(({ axis }) => axis),
    places: scored.map(({ point }) => encoded.map(({ name, place }) => place(point[name]))),
    values,
  };
  const shares = Array.from({ length: trees }, (_, tree) =>
    sharesOf(growTree(samples, createRandom(seed, RandomStream.search, FIRST_STREAM + tree)), samples.axes),
  ).filter((found) => found !== undefined);
  if (shares.length === 0) return undefined;
  return {
    settings: encoded.map(({ name }, index) => ({
      name,
      ...summarised(shares.map((found) => found[index] as number)),
    })),
    together: summarised(shares.map((found) => Math.max(0, 1 - found.reduce((sum, share) => sum + share, 0)))),
  };
}

interface Encoding {
  readonly axis: Axis;
  readonly place: (value: SettingValue | undefined) => number;
}

/** Values that only an earlier definition of the sweep had are categories, too; numbers beyond a range lie at its end. */
function encodedBy(dimension: Dimension, found: readonly SettingValue[]): Encoding {
  if (dimension.kind !== "choice") {
    const place = (value: SettingValue | undefined): number =>
      typeof value === "number" ? placeOf(dimension, value) : 0.5;
    return { axis: { kind: "interval" }, place };
  }
  const all = [...dimension.values];
  for (const value of found) if (!all.some((one) => isSame(one, value))) all.push(value);
  return {
    axis: { kind: "categories", count: all.length },
    place: (value) => (value === undefined ? 0 : all.findIndex((one) => isSame(one, value))),
  };
}

/** Of each axis; `undefined` for a tree that has one value everywhere. */
function sharesOf(leaves: readonly Leaf[], axes: readonly Axis[]): readonly number[] | undefined {
  const mean = leaves.reduce((sum, { value, measure }) => sum + value * measure, 0);
  const variance = leaves.reduce((sum, { value, measure }) => sum + measure * (value - mean) ** 2, 0);
  if (!(variance > 0)) return undefined;
  return axes.map((axis, index) => {
    const parts = axis.kind === "interval" ? intervalMeans(leaves, index) : categoryMeans(leaves, axis, index);
    return parts.reduce((sum, part) => sum + part.width * (part.mean - mean) ** 2, 0) / variance;
  });
}

interface Part {
  readonly width: number;
  /** Over all the other axes. */
  readonly mean: number;
}

/** Between two edges of leaves the mean is the same; each leaf is added where it begins, and taken away where it ends. */
function intervalMeans(leaves: readonly Leaf[], index: number): readonly Part[] {
  const steps = leaves.flatMap(({ box, value, measure }) => {
    const { low, high } = box[index] as { low: number; high: number };
    const height = (value * measure) / (high - low);
    return [
      { at: low, height },
      { at: high, height: -height },
    ];
  });
  steps.sort((a, b) => a.at - b.at);
  const parts: Part[] = [];
  let [mean, last] = [0, 0];
  for (const { at, height } of steps) {
    if (at > last) parts.push({ width: at - last, mean });
    mean += height;
    last = at;
  }
  return parts;
}

function categoryMeans(
  leaves: readonly Leaf[],
  axis: Axis & { kind: "categories" },
  index: number,
): readonly Part[] {
  return Array.from({ length: axis.count }, (_, category) => {
    const mean = leaves.reduce((sum, { box, value, measure }) => {
      const side = box[index] as Side & readonly boolean[];
      return side[category] ? sum + (value * measure) / widthOf(axis, side) : sum;
    }, 0);
    return { width: 1 / axis.count, mean };
  });
}

function summarised(values: readonly number[]): Share {
  const share = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - share) ** 2, 0);
  return { share, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}
