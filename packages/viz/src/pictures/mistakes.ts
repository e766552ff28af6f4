// A model's worst mistakes as a picture: the images enlarged, beneath each what was said and what it is.
import type { ImageShape } from "@trainscope/core";
import type { Mistake } from "@trainscope/core/analysis";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { imagePixels } from "@trainscope/core/pixels";
import { SUBDUED } from "../theme.ts";
import { type Heading, LABEL_STYLE, layOutHeading, MARGIN } from "./heading.ts";
import { PNG_SCALE } from "./png.ts";
import { renderScene } from "./render-scene.ts";
import { fitText, type Scene, type TextStyle, textWidth } from "./scene.ts";
import { checkWhole } from "./weight-montage.ts";

/** What `renderMistakes` takes. */
export interface MistakesOptions extends Heading {
  /** From left to right, then downwards. */
  readonly mistakes: readonly Mistake[];
  readonly shape: ImageShape;
  /** Images side by side; 5 where it isn't given. */
  readonly columns?: number | undefined;
  /** Pixels of the PNG to one pixel of an image, each way: a whole number; by default such that an image is about 224 wide. */
  readonly enlarge?: number | undefined;
}

const GAP = 14 * PNG_SCALE;
const LINE = 17 * PNG_SCALE;
const LABELS = 2 * LINE + 5 * PNG_SCALE;
const DEFAULT_IMAGE_WIDTH = 224;
const ANSWER_STYLE: TextStyle = { ...LABEL_STYLE, weight: 600 };
const LABEL: TextStyle = { ...LABEL_STYLE, colour: SUBDUED };

/** PNG bytes or SVG text. Throws `BAD_OPTION` where there is no mistake to show, `NOT_SUPPORTED` for PNG without node-canvas. */
export function renderMistakes(options: MistakesOptions, format: "png"): Uint8Array;
export function renderMistakes(options: MistakesOptions, format: "svg"): string;
export function renderMistakes(options: MistakesOptions, format: "png" | "svg"): Uint8Array | string;
export function renderMistakes(options: MistakesOptions, format: "png" | "svg"): Uint8Array | string {
  requireArgument("renderMistakes", "options", options, "an object");
  requireArgument("renderMistakes", "options.mistakes", options.mistakes, "a list");
  requireArgument("renderMistakes", "options.shape", options.shape, "an object");
  return renderScene(layOutMistakes(options), format);
}

/** Where everything goes, before anything is drawn. */
export function layOutMistakes(options: MistakesOptions): Scene {
  const { mistakes, shape, title = "Worst mistakes", subtitle } = options;
  if (mistakes.length === 0) throw new TrainscopeError("BAD_OPTION", "0 mistakes to show; expected at least 1");
  const enlarge = checkWhole("enlarge", options.enlarge ?? Math.ceil(DEFAULT_IMAGE_WIDTH / shape.width));
  const columns = Math.min(checkWhole("columns", options.columns ?? 5), mistakes.length);
  const [imageWidth, imageHeight] = [shape.width * enlarge, shape.height * enlarge];
  const labels = mistakes.map(linesOf);
  const labelWidth = Math.ceil(
    Math.max(...labels.flatMap(([says, is]) => [textWidth(says, ANSWER_STYLE), textWidth(is, LABEL)])),
  );
  // Words make room for themselves, within reason.
  const cellWidth = Math.max(imageWidth, Math.min(labelWidth, Math.max(imageWidth, 160 * PNG_SCALE)));
  const cellHeight = imageHeight + LABELS;
  const rows = Math.ceil(mistakes.length / columns);
  const width = 2 * MARGIN + columns * cellWidth + (columns - 1) * GAP;
  const heading = layOutHeading({ title, subtitle }, width);
  const x = (place: number): number => MARGIN + (place % columns) * (cellWidth + GAP);
  const y = (place: number): number => heading.bottom + Math.floor(place / columns) * (cellHeight + GAP);
  return {
    title,
    width,
    height: heading.bottom + rows * cellHeight + (rows - 1) * GAP + MARGIN,
    images: mistakes.map(({ image, index, label, answer }, place) => ({
      pixels: imagePixels(image, shape),
      x: x(place),
      y: y(place),
      enlarge,
      label: `Test image ${index}: ${label}, answered ${answer}`,
    })),
    texts: [
      ...heading.texts,
      ...labels.flatMap((lines, place) =>
        lines.map((text, line) => {
          const style = line === 0 ? ANSWER_STYLE : LABEL;
          const baseline = y(place) + imageHeight + (line + 1) * LINE;
          return {
            text: fitText(text, style, cellWidth),
            x: x(place),
            y: baseline,
            align: "left" as const,
            style,
          };
        }),
      ),
    ],
  };
}

/** `says truck, 93 %` and `is automobile, 4 %`: the model's probabilities of both. */
function linesOf({ answer, answerProbability, label, labelProbability }: Mistake): [string, string] {
  return [`says ${answer}, ${percent(answerProbability)}`, `is ${label}, ${percent(labelProbability)}`];
}

/** Whole per cent, and no certainty that there isn't. */
function percent(probability: number): string {
  const shown = 100 * probability;
  if (shown > 99.5 && shown < 100) return `>\u200a99\u00a0%`;
  if (shown < 0.5 && shown > 0) return `<\u200a1\u00a0%`;
  return `${Math.round(shown)}\u00a0%`;
}
