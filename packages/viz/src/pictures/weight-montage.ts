// The weights of a linear classifier as pictures: one template a class, with the class's name beneath it.
import { type ImageShape, inputCount, type ModelParameters } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { templatePixels } from "@trainscope/core/pixels";
import { balancedColumns } from "./balanced-columns.ts";
import { type Heading, LABEL_STYLE, layOutHeading, MARGIN } from "./heading.ts";
import { PNG_SCALE } from "./png.ts";
import { renderScene } from "./render-scene.ts";
import { fitText, type Scene, textWidth } from "./scene.ts";

/** What `renderWeightMontage` takes. */
export interface WeightMontageOptions extends Heading {
  readonly parameters: Pick<ModelParameters, "classes" | "inputs" | "weights">;
  /** As many as there are classes. */
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  /** Pixels of the PNG to one weight, each way: a whole number; by default such that a template is about 256 wide. */
  readonly enlarge?: number | undefined;
  /** Templates side by side; by default as many as make the whole about twice as wide as high. */
  readonly columns?: number | undefined;
}

const GAP = 12 * PNG_SCALE;
const LABEL_ASCENT = 17 * PNG_SCALE;
const LABEL_HEIGHT = 22 * PNG_SCALE;
const DEFAULT_TEMPLATE_WIDTH = 256;

/** The montage's PNG bytes or SVG text. Throws `BAD_OPTION` where names, shape and parameters don't agree, `NOT_SUPPORTED` for PNG without node-canvas. */
export function renderWeightMontage(options: WeightMontageOptions, format: "png"): Uint8Array;
export function renderWeightMontage(options: WeightMontageOptions, format: "svg"): string;
export function renderWeightMontage(options: WeightMontageOptions, format: "png" | "svg"): Uint8Array | string;
export function renderWeightMontage(options: WeightMontageOptions, format: "png" | "svg"): Uint8Array | string {
  requireArgument("renderWeightMontage", "options", options, "an object");
  requireArgument("renderWeightMontage", "options.parameters", options.parameters, "an object");
  requireArgument("renderWeightMontage", "options.shape", options.shape, "an object");
  return renderScene(layOutWeightMontage(options), format);
}

/** Where everything goes, before anything is drawn. */
export function layOutWeightMontage(options: WeightMontageOptions): Scene {
  const { parameters, classNames, shape, title = "Weights", subtitle } = options;
  requireAgreement(options);
  const enlarge = checkWhole("enlarge", options.enlarge ?? Math.ceil(DEFAULT_TEMPLATE_WIDTH / shape.width));
  const columns = checkWhole("columns", options.columns ?? balancedColumns(classNames.length));
  const [templateWidth, templateHeight] = [shape.width * enlarge, shape.height * enlarge];
  const labelWidth = Math.max(...classNames.map((name) => Math.ceil(textWidth(name, LABEL_STYLE))));
  // Names make room for themselves, within reason.
  const cellWidth = Math.max(templateWidth, Math.min(labelWidth, Math.max(2 * templateWidth, 120 * PNG_SCALE)));
  const cellHeight = templateHeight + LABEL_HEIGHT;
  const usedColumns = Math.min(columns, classNames.length);
  const rows = Math.ceil(classNames.length / columns);
  const width = 2 * MARGIN + usedColumns * cellWidth + (usedColumns - 1) * GAP;
  const heading = layOutHeading({ title, subtitle }, width);
  const cells = classNames.map((name, k) => ({
    name,
    template: parameters.weights.subarray(k * parameters.inputs, (k + 1) * parameters.inputs),
    x: MARGIN + (k % columns) * (cellWidth + GAP),
    y: heading.bottom + Math.floor(k / columns) * (cellHeight + GAP),
  }));
  return {
    title,
    width,
    height: heading.bottom + rows * cellHeight + (rows - 1) * GAP + MARGIN,
    images: cells.map(({ name, template, x, y }) => ({
      pixels: templatePixels(template, shape),
      x: x + Math.floor((cellWidth - templateWidth) / 2),
      y,
      enlarge,
      label: name,
    })),
    texts: [
      ...heading.texts,
      ...cells.map(({ name, x, y }) => ({
        text: fitText(name, LABEL_STYLE, cellWidth),
        x: x + Math.round(cellWidth / 2),
        y: y + templateHeight + LABEL_ASCENT,
        align: "center" as const,
        style: LABEL_STYLE,
      })),
    ],
  };
}

function requireAgreement({ parameters, classNames, shape }: WeightMontageOptions): void {
  if (classNames.length !== parameters.classes || classNames.length === 0) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `${classNames.length} class names for a model of ${parameters.classes} classes`,
    );
  }
  if (inputCount(shape) !== parameters.inputs) {
    const { width, height, channels } = shape;
    throw new TrainscopeError(
      "BAD_OPTION",
      `templates of ${width} x ${height} x ${channels} = ${inputCount(shape)} for a model of ${parameters.inputs} inputs`,
    );
  }
}

/** Throws `BAD_OPTION` unless the value is a whole number of at least 1. */
export function checkWhole(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new TrainscopeError("BAD_OPTION", `${name} is ${value}; expected a whole number of at least 1`);
}
