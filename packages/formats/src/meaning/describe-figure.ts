// How a foreign figure is declared in `run:start`: only its tag and first values describe it.
import type { Split } from "@trainscope/core";
import type { MetricInfo } from "@trainscope/core/events";
import type { Point } from "./meant.ts";
import { throughputUnit } from "./throughput.ts";
import { isLoss, isScore, isShare, roleOf } from "./words.ts";

/** So many values tell a fraction from per cent. */
const FIRST_VALUES = 100;

/** All figures of the points, what tells of the machine among them. */
export function describeFigures(points: readonly Pick<Point, "values" | "machine">[]): readonly MetricInfo[] {
  const first = new Map<string, number[]>();
  for (const [tag, value] of points.flatMap(({ values, machine }) => [...values, ...machine])) {
    const own = first.get(tag) ?? [];
    if (value !== null && own.length < FIRST_VALUES) own.push(value);
    first.set(tag, own);
  }
  return Array.from(first, ([tag, values]) => describeFigure(tag, values));
}

/** `values`: some of the first, which tell a fraction from per cent. */
export function describeFigure(tag: string, values: readonly number[]): MetricInfo {
  const slash = tag.indexOf("/");
  const name = tag.slice(slash + 1);
  const key = name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const direction = isLoss(key) || ERRORS.test(key) ? "min" : isScore(name) || isShare(key) ? "max" : "none";
  const role = roleOf(name.toLowerCase());
  const display = role === "machine" || role === "time" ? { chart: false } : {};
  const unit = role === "machine" ? (throughputUnit(key) ?? null) : unitOf(key, values);
  return { tag, name, split: tag.slice(0, slash) as Split, direction, unit, display };
}

const ERRORS =
  /(?:^|_)(?:\w*logloss|\w*mse|\w*mae|\w*mape|rmsle|wer|cer|fid|l[12]|norm|gnorm|grad_norm)(?:_|$)/;
function unitOf(key: string, values: readonly number[]): string | null {
  if (!isShare(key) || values.length === 0) return null;
  const most = Math.max(...values.filter(Number.isFinite));
  if (most > 1.5 && most <= 100) return "%";
  return most >= 0 && most <= 1 ? "fraction" : null;
}
