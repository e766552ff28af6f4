// Numbers of a line, each with the text before it.

export interface ScannedNumber {
  readonly value: number | null;
  /** As it was written. */
  readonly text: string;
  /** `%`, `s`, `MB/s`, or nothing. */
  readonly unit: string;
  /** The text between the last number that was used and this one. */
  readonly before: string;
  /** What it is a part of: `3/40`, `3 of 40`. */
  readonly of: number | undefined;
  readonly end: number;
}

/** Fortran's and Julia's exponents come after a point: `3d45` is the name of a commit. */
const NUMBER =
  /(?<![\w.@])[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|\d+\.\d*(?:[ed][-+]?\d+|f-?\d+)?|\d+(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|(?:nan|inf(?:inity)?|none)(?![\w-]))/gi;
const OF = /\s?(?:\/|of)\s*(\d+)(?!(?!epoch\b)\w|\.\d|\/\d)/y;
const UNIT =
  /\s?(%)|((?:it|s|ms|us|sec|secs|seconds|min|h|hr|k|K|M|G|T|B|KB|MB|GB|MiB|GiB|kB|img|imgs|samples|tok|tokens|batch|step|epoch)(?:\/(?:it|s|sec|step|batch|iter|epoch|sample|img))?)(?![\w.])/y;
const UNIT_APART =
  /\s?\[(s|ms|sec)\]|\s(s(?=[.,;)\]\s]|$)|ms|sec|secs|seconds?|minutes?|hours?|days?|MB|GB|MiB|GiB|it\/s|s\/it|img\/s|samples\/s|samples\/sec|tok\/s|tokens\/s|ms\/batch)(?![\w])/y;

/** No name is longer, and a line of thousands of numbers stays quick. */
const LONGEST_BEFORE = 160;

/** Gives each number to `take`; one that it doesn't use (`false`) counts as text before the next. */
export function scanNumbers(line: string, take: (number: ScannedNumber) => boolean): void {
  let from = 0;
  NUMBER.lastIndex = 0;
  for (let found = NUMBER.exec(line); found !== null; found = NUMBER.exec(line)) {
    const start = found.index;
    const end = start + found[0].length;
    if (isPartOfName(line, start, end)) continue;
    const of = after(OF, line, end);
    const afterOf = end + (of?.[0].length ?? 0);
    const unit = of === null ? (after(UNIT, line, end) ?? after(UNIT_APART, line, end)) : null;
    const stop = afterOf + (unit?.[0].length ?? 0);
    // Letters that are no unit make a name or a version of it: 2d, 3rd, v1.2.3.
    if (unit === null && /[\w]/.test(line[stop] ?? "")) continue;
    if (unit === null && line[stop] === "." && /\w/.test(line[stop + 1] ?? "")) continue;
    const used = take({
      value: numberOf(found[0]),
      text: found[0],
      unit: unit?.[1] ?? unit?.[2] ?? "",
      before: line.slice(Math.max(from, start - LONGEST_BEFORE), start),
      of: of === null ? undefined : Number(of[1]),
      end: stop,
    });
    if (used) from = stop;
    NUMBER.lastIndex = stop;
  }
}

function after(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** `mAP50-95`, `2024-05`, `10-20`, `loss/0: `. */
function isPartOfName(line: string, start: number, end: number): boolean {
  const before = line[start - 1] ?? "";
  if (/[-+]/.test(line[start] ?? "") && /\w/.test(before)) return true;
  // Precision @ 1.
  if (/@\s?$/.test(line.slice(Math.max(0, start - 2), start))) return true;
  const beforeThat = line[start - 2] ?? "";
  if (before === "-" && /\w/.test(beforeThat)) return true;
  if (before === "/" && /[a-z]/i.test(beforeThat) && /[:=]/.test(line[end] ?? "")) return true;
  return (line[end] === "-" || line[end] === ":") && /\d/.test(line[end + 1] ?? "");
}

function numberOf(text: string): number | null {
  // All but NaN, None and the infinities end with a digit or a point.
  if (text.charCodeAt(text.length - 1) < 0x3a) {
    const value = Number(text.includes(",") ? text.replaceAll(",", "") : text);
    // Fortran writes 6.9D-01, Julia 6.9f-1.
    return Number.isNaN(value) ? Number(text.replace(/[df]/i, "e")) : value;
  }
  const lower = text.toLowerCase();
  if (lower.endsWith("none")) return null;
  if (lower.endsWith("nan")) return Number.NaN;
  return lower.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
