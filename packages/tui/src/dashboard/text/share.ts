// Shares in words that are short enough for a cell, and names that are.
import { percentText } from "@trainscope/core/text";
import { displayWidth, truncate } from "../../text/width.ts";

/** Whole per cent, and no certainty that there isn't: `18 %`, `<1 %`, `>99 %`. */
export function wholePercent(share: number): string {
  const shown = 100 * share;
  if (!Number.isFinite(shown)) return "-";
  if (shown > 99.5 && shown < 100) return ">99 %";
  if (shown < 0.5 && shown > 0) return "<1 %";
  return `${Math.round(shown)} %`;
}

/** `48.2 %`, or a dash where there is nothing to take a part of. */
export function tenthPercent(share: number | undefined): string {
  return share === undefined || !Number.isFinite(share) ? "-" : percentText(share, 1);
}

/** Names in at most `width` columns, each unlike the others as far as can be: `cat`, `car` become `ca`, `cr`. */
export function abbreviate(names: readonly string[], width: number): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const short =
      candidates(name, width).find((candidate) => !taken.has(candidate)) ?? truncate(name, width, "");
    taken.add(short);
    return short;
  });
}

/** The beginning; else the beginning with a later character, as early as can be, or with a digit. */
function candidates(name: string, width: number): readonly string[] {
  const start = truncate(name, width, "");
  const stem = truncate(name, width - 1, "");
  const later = [...name.slice(stem.length), ..."123456789"].filter((character) => character.trim() !== "");
  const ends = later.map((character) => stem + character).filter((text) => displayWidth(text) <= width);
  return [start, ...ends];
}
