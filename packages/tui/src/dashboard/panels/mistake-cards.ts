// Wrongly answered images as cards: the picture, what it is and was taken for, and the model's probabilities.
import type { ImageShape } from "@trainscope/core";
import type { MisclassifiedImage } from "@trainscope/core/events";
import { formatCount } from "../../text/format.ts";
import { displayWidth, truncate } from "../../text/width.ts";
import { answersByProbability } from "../model/answers.ts";
import { type Arrangement, arrange } from "../picture/arrange.ts";
import { pictureRows } from "../picture/picture-rows.ts";
import { pixelsOfImage } from "../picture/pixels.ts";
import { alignLeft, alignRight, fitRows, type Row, run } from "../text/rows.ts";
import { wholePercent } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { answerColor } from "./answer-colors.ts";
import { barRuns } from "./bar.ts";
import { sideBySide } from "./headed.ts";

export interface Mistakes {
  /** The most confident first. */
  readonly mistakes: readonly MisclassifiedImage[];
  readonly names: readonly string[];
  readonly shape: ImageShape;
  readonly imageOf: (index: number) => Uint8Array;
}

const PICTURE_GAP = 2;
/** Columns of a percentage after its name or bar. */
const PERCENT = 6;
const LEAST_BAR = 4;
const LONGEST_NAME = 16;
/** A title, three answers, and the true class. */
const LEAST_ROWS = 5;
const MOST_BAR = 20;

/** With bars; without them where that shows two side by side in place of one. */
export function arrangeCards(
  { mistakes, names, shape }: Mistakes,
  width: number,
  height: number,
  { pictures }: Theme,
): Arrangement | undefined {
  if (height < LEAST_ROWS) return undefined;
  const common = { count: mistakes.length, pixels: shape, leastRows: LEAST_ROWS, pictures };
  const words = { below: 0, mostBelow: 0, leastWidth: 0, gap: 1 };
  const bare = PICTURE_GAP + nameWidthOf(names) + PERCENT;
  const withBars = arrange({ ...common, ...words, beside: bare + 1 + LEAST_BAR }, width, height);
  if (withBars && withBars.perRow > 1) return withBars;
  return arrange({ ...common, ...words, beside: bare }, width, height) ?? withBars;
}

function nameWidthOf(names: readonly string[]): number {
  return Math.min(LONGEST_NAME, Math.max(1, ...names.map(displayWidth)));
}

/** The cards of one page. */
export function mistakeCardRows(
  { mistakes, names, shape, imageOf }: Mistakes,
  arrangement: Arrangement,
  page: number,
  theme: Theme,
): Row[] {
  const { columns, rows, perRow, perPage, pitch } = arrangement;
  const wordsWidth = pitch.width - 2 - columns - PICTURE_GAP;
  const shown = mistakes.slice(page * perPage, (page + 1) * perPage);
  const cards = shown.map((mistake) => {
    const picture = pictureRows(pixelsOfImage(imageOf, mistake.index, shape), columns, rows, theme);
    const words = mistakeWords(mistake, names, wordsWidth, Math.max(rows, LEAST_ROWS), theme);
    const card = sideBySide(
      [
        { rows: picture, width: columns },
        { rows: words, width: wordsWidth },
      ],
      PICTURE_GAP,
    );
    return { rows: card, width: columns + PICTURE_GAP + wordsWidth };
  });
  const lines: Row[] = [];
  for (let start = 0; start < cards.length; start += perRow) {
    while (lines.length % pitch.height > 0) lines.push([]);
    lines.push(...sideBySide(cards.slice(start, start + perRow), 2));
  }
  return lines;
}

/** Exactly `height` rows of `width` columns. */
function mistakeWords(
  mistake: MisclassifiedImage,
  names: readonly string[],
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const { label, index, probabilities } = mistake;
  const { ellipsis } = theme.glyphs;
  const ranked = answersByProbability(probabilities);
  const top = ranked.slice(0, 3);
  const shown = top.includes(label) ? top : [...top, label];
  const nameWidth = Math.min(nameWidthOf(names), Math.max(1, width - PERCENT));
  const bar = Math.min(MOST_BAR, width - nameWidth - PERCENT - 1);
  const lines = shown.map((k): Row => {
    const color =
      k === label ? answerColor(true, theme) : k === ranked[0] ? answerColor(false, theme) : undefined;
    const probability = probabilities[k] ?? Number.NaN;
    return [
      run(alignLeft(names[k] ?? "", nameWidth, ellipsis), { color }),
      ...(bar >= LEAST_BAR ? [run(" "), ...barRuns(probability, bar, color, theme)] : []),
      run(alignRight(wholePercent(probability), PERCENT), { color, bold: k === label }),
    ];
  });
  const title = mistakeTitle(names[label] ?? "", names[ranked[0] ?? 0] ?? "", width, theme);
  const number: Row = [run(`image ${formatCount(index)}`, { dim: true })];
  const body = height > lines.length + 1 ? [title, ...lines, number] : [title, ...lines];
  return fitRows(body, width, height, ellipsis);
}

/** `cat, taken for dog`, or shorter. */
function mistakeTitle(label: string, answer: string, width: number, { glyphs }: Theme): Row {
  const joints = [", taken for ", ` ${glyphs.arrow} `];
  const joint = joints.find((text) => displayWidth(label + text + answer) <= width) ?? joints.at(-1) ?? "";
  const room = Math.max(1, width - displayWidth(label + joint));
  return [run(label, { bold: true }), run(joint, { dim: true }), run(truncate(answer, room, glyphs.ellipsis))];
}
