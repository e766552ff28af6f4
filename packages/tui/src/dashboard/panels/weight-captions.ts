// What stands below a template: its class, what that is most taken for, and more where there is room.
import type { ImageShape, ModelParameters } from "@trainscope/core";
import { displayWidth, truncate } from "../../text/width.ts";
import { type Confusion, mostConfused, recall } from "../model/answers.ts";
import { type TemplateNumbers, templateNumbers } from "../model/templates.ts";
import { type Row, run } from "../text/rows.ts";
import { tenthPercent, wholePercent } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { shortNumber, weightText } from "./weight-table.ts";

export interface Weights {
  readonly parameters: ModelParameters;
  readonly shape: ImageShape;
  readonly names: readonly string[];
  readonly confusion: Confusion | undefined;
}

/** Rows that every caption has. */
export const LEAST_CAPTION = 2;
/** Rows that a caption has at most. */
export const MOST_CAPTION = 5;

/** Below these columns the arrow would leave too little of the name. */
const LEAST_WITH_ARROW = 13;

/** For each class at most `rows` rows of exactly `width` columns, all in the longest form that fits all classes. */
export function weightCaptions(weights: Weights, width: number, rows: number, theme: Theme): readonly Row[][] {
  const { glyphs } = theme;
  const { names, confusion } = weights;
  const numbers = templateNumbers(weights.parameters);
  const norms = normForms(numbers, glyphs.dot).find((texts) =>
    fits(
      texts.map((text, k) => names[k] + text),
      width,
    ),
  );
  const answers = answerTexts(confusedClasses(weights), width, theme);
  const more = moreLines(numbers, confusion).filter((texts) => fits(texts, width));
  return names.map((name, k) => {
    const title = truncate(name, width, glyphs.ellipsis);
    const norm = norms?.[k] ?? "";
    const faint = [answers[k] ?? "", ...more.slice(0, rows - LEAST_CAPTION).map((texts) => texts[k] ?? "")];
    return [
      centredRow([run(title, { bold: true }), run(norm, { dim: true })], displayWidth(title + norm), width),
      ...faint.map((text) => centredRow([run(text, { dim: true })], displayWidth(text), width)),
    ];
  });
}

/** Exactly `width` columns, with a row of `length` columns in their middle. */
export function centredRow(row: Row, length: number, width: number): Row {
  const left = Math.max(0, Math.floor((width - length) / 2));
  return [run(" ".repeat(left)), ...row, run(" ".repeat(Math.max(0, width - length - left)))];
}

/** What has to be said once, where captions of this width are too short to say it themselves. */
export function captionLegend(weights: Weights, width: number, { glyphs }: Theme): string | undefined {
  if (spokenTexts(confusedClasses(weights), width)) return undefined;
  return `${width < LEAST_WITH_ARROW ? "below:" : glyphs.arrow} most taken for`;
}

/** The name and the share of what each class is most taken for; none where it always is right. */
type ConfusedClass = { readonly name: string; readonly share: string } | undefined;

function confusedClasses({ names, confusion }: Weights): readonly ConfusedClass[] {
  return names.map((_, k) => {
    const wrong = confusion && mostConfused(confusion, k);
    return wrong && { name: names[wrong.answer] ?? "", share: wholePercent(wrong.share) };
  });
}

function answerTexts(confused: readonly ConfusedClass[], width: number, { glyphs }: Theme): readonly string[] {
  const spoken = spokenTexts(confused, width);
  if (spoken) return spoken;
  const arrow = width < LEAST_WITH_ARROW ? "" : `${glyphs.arrow} `;
  return confused.map((wrong) => {
    if (wrong === undefined) return "";
    const room = Math.max(1, width - displayWidth(arrow) - displayWidth(wrong.share) - 1);
    const name = truncate(wrong.name, room, glyphs.ellipsis);
    return truncate(`${arrow}${name} ${wrong.share}`, width, glyphs.ellipsis);
  });
}

/** In the longest words that fit all; `undefined` where none do. */
function spokenTexts(confused: readonly ConfusedClass[], width: number): readonly string[] | undefined {
  return ["most taken for", "taken for"]
    .map((words) => confused.map((wrong) => (wrong ? `${words} ${wrong.name}, ${wrong.share}` : "")))
    .find((texts) => fits(texts, width));
}

function normForms(numbers: readonly TemplateNumbers[], dot: string): readonly (readonly string[])[] {
  return [` ${dot} norm `, "  "].map((before) => numbers.map(({ norm }) => before + shortNumber(norm)));
}

function moreLines(
  numbers: readonly TemplateNumbers[],
  confusion: Confusion | undefined,
): readonly (readonly string[])[] {
  const recalls = confusion && numbers.map((_, k) => `recall ${tenthPercent(recall(confusion, k))}`);
  const ranges = numbers.map(
    ({ least, greatest }) => `weights ${weightText(least)} to ${weightText(greatest)}`,
  );
  const biases = numbers.map(({ bias }) => `bias ${weightText(bias)}`);
  return [...(recalls ? [recalls] : []), ranges, biases];
}

function fits(texts: readonly string[], width: number): boolean {
  return texts.every((text) => displayWidth(text) <= width);
}
