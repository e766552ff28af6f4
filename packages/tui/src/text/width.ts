// How many columns of a terminal a text takes, and making it short enough to print there.
// Not a full Unicode table: East Asian wide forms and emoji are two columns, marks and joiners none.

const PLAIN = /^[\x20-\x7e\u2500-\u259f\u2800-\u28ff]*$/;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mark}\p{Cf}]+$/u;

let segmenter: Intl.Segmenter | undefined;

/** Made when it is first needed, since that takes 15 ms or more. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** Columns taken by a text without control characters. */
export function displayWidth(text: string): number {
  if (isSimple(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) width += graphemeWidth(segment);
  return width;
}

/** The text in at most `width` columns; where it is cut, `ellipsis` says so. */
export function truncate(text: string, width: number, ellipsis = "…"): string {
  if (displayWidth(text) <= width) return text;
  const mark = displayWidth(ellipsis) <= width ? ellipsis : "";
  const room = width - displayWidth(mark);
  let kept = "";
  let used = 0;
  for (const { segment } of graphemesOf(text)) {
    const next = graphemeWidth(segment);
    if (used + next > room) break;
    kept += segment;
    used += next;
  }
  return kept + mark;
}

/** The text in pieces of at most `width` columns. A grapheme that is wider is left out, with what follows. */
export function splitColumns(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const { segment } of graphemesOf(text)) {
    const next = graphemeWidth(segment);
    if (next > width) return piece === "" ? pieces : [...pieces, piece];
    if (used + next > width) {
      pieces.push(piece);
      [piece, used] = ["", 0];
    }
    piece += segment;
    used += next;
  }
  return [...pieces, piece];
}

/** The columns from `from` up to, not including, `to`; of a wide character that is cut in half, a blank. */
export function sliceColumns(text: string, from: number, to: number): string {
  if (isSimple(text)) return text.slice(from, to);
  let kept = "";
  let left = 0;
  for (const { segment } of graphemesOf(text)) {
    const width = graphemeWidth(segment);
    const end = left + width;
    if (left >= from && end <= to && (width > 0 || left > from)) kept += segment;
    else if (end > from && left < to) kept += " ".repeat(Math.min(end, to) - Math.max(left, from));
    left = end;
    if (left > to) break;
  }
  return kept;
}

/** As many columns, with question marks for what is not in ASCII. */
export function asciiOnly(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  let kept = "";
  for (const { segment } of graphemesOf(text)) {
    const plain = segment.replace(/[^\x20-\x7e]+/g, "");
    kept += plain + "?".repeat(Math.max(0, graphemeWidth(segment) - plain.length));
  }
  return kept;
}

/** Whether every terminal agrees that a character of the text is a column. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/**
 * Whether each character is a column here, and stands by itself: Latin, Greek, signs, arrows, lines, blocks and dots.
 * Every panel asks this of every text in every frame, and a regular expression takes several times as long.
 */
export function isSimple(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const simple =
      (unit >= 0x20 && unit <= 0x7e) ||
      (unit >= 0x2800 && unit <= 0x28ff) ||
      (unit >= 0x2500 && unit <= 0x25fc) ||
      (unit >= 0xa1 && unit <= 0x2ff && unit !== 0xad) ||
      (unit >= 0x370 && unit <= 0x482) ||
      (unit >= 0x2010 && unit <= 0x2027) ||
      (unit >= 0x2190 && unit <= 0x21ff) ||
      unit === 0x2605 ||
      unit === 0x2713 ||
      unit === 0x2717;
    if (!simple) return false;
  }
  return true;
}

function graphemeWidth(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2;
  return INVISIBLE.test(grapheme) ? 0 : 1;
}
