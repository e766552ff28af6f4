// A dimension in words: `log:1e-4..1e-1`, `linear:0..0.5/6`, or choices, `0,1e-3,0.1`.
import { TrainscopeError } from "@trainscope/core/errors";
import type { Dimension, SettingValue } from "./space.ts";

const NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?";
/** Of three points it is not clear which one belongs to a number: `0...5` may end at 5 or at .5. */
const RANGE = new RegExp(`^(?!.*\\.{3})(log|linear):(${NUMBER})\\.\\.(${NUMBER})(?:/(\\d+))?$`, "i");
/** As written, a range that has gone wrong: said as such, not as a choice of odd words. */
const LIKE_RANGE = /^(log|linear):|\.\./i;

/** How the words of a flag become a dimension. */
export interface DimensionWords {
  /** Reads one choice; throws where it is none. */
  readonly value: (text: string) => SettingValue;
  /** Whether the setting is a number, which may have a range. */
  readonly isNumber: boolean;
  /** Whether it is a whole number. */
  readonly whole: boolean;
}

/**
 * `log:FROM..TO` and `linear:FROM..TO`, with `/POINTS` for a grid, or choices with commas between them. What can be wrong
 * with a dimension as such, `checkSpace` says. Throws `BAD_OPTION` for other words, and what `value` throws.
 */
export function parseDimension(text: string, { value, isNumber, whole }: DimensionWords): Dimension {
  const trimmed = text.trim();
  const range = RANGE.exec(trimmed);
  if (range !== null && isNumber) {
    const [, kind = "", from, to, points] = range;
    return {
      kind: kind.toLowerCase() as "log" | "linear",
      from: Number(from),
      to: Number(to),
      ...(points !== undefined && { points: Number(points) }),
      ...(whole && { whole }),
    };
  }
  if (LIKE_RANGE.test(trimmed)) {
    const expected = isNumber
      ? "expected log:FROM..TO or linear:FROM..TO, e.g. log:1e-4..1e-1"
      : "expected choices, with commas between them: the setting is no number";
    throw new TrainscopeError("BAD_OPTION", `"${trimmed}" is no range that can be searched; ${expected}`);
  }
  return { kind: "choice", values: trimmed.split(",").map((word) => value(word.trim())) };
}
