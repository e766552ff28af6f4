// Pictures of any shape side by side with their names, as a specification: weight templates that form in a page.
import { type ImageShape, inputCount } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { imagePixels, templatePixels } from "@trainscope/core/pixels";
import { balancedColumns } from "../pictures/balanced-columns.ts";
import { storedPixelsUrl } from "../pictures/stored-png.ts";
import { INK } from "../theme.ts";
import {
  requireFigure,
  requireItems,
  requireLength,
  requireList,
  requireNames,
  requireNumbers,
  requireObject,
  requireWhole,
} from "./check-input.ts";
import { type FigureOptions, frame } from "./figure.ts";
import type { ChartSpecification } from "./specification.ts";
import { specification } from "./vega-lite-checked.ts";

/** What `montageSpecification` takes. */
export interface MontageOptions extends Omit<FigureOptions, "size"> {
  /** `names.length x height x width x channels`, one picture after the other, each plane by plane. */
  readonly images: ArrayLike<number>;
  /** 1 channel is grey, 3 are red, green and blue. */
  readonly shape: ImageShape;
  readonly names: readonly string[];
  /**
   * "each": of any numbers, from the least of a picture to its greatest, as for weights. "bytes": 0 to 255 as they are.
   * "each" where it isn't given.
   */
  readonly scaling?: "each" | "bytes" | undefined;
  /** Pictures side by side; by default as many as make the whole about twice as wide as high. */
  readonly columns?: number | undefined;
  /** CSS pixels to a pixel of a picture, each way; by default such that a picture is about 96 wide. */
  readonly enlarge?: number | undefined;
}

const GAP = 12;
const LABEL_HEIGHT = 22;
const DEFAULT_WIDTH = 96;

/**
 * One picture a name. Pixels aren't smoothed.
 *
 * @throws TrainscopeError `BAD_OPTION` where numbers, shape and names don't agree, `NOT_SUPPORTED` for other than 1 or 3
 * channels
 * @example
 * montageSpecification({ images: parameters.weights, shape: { width: 32, height: 32, channels: 3 }, names: classNames });
 */
export function montageSpecification(options: MontageOptions): ChartSpecification {
  requireFigure(options);
  checkMontage(options);
  const { shape, names, title = "Montage", subtitle = "" } = options;
  const enlarge = options.enlarge ?? Math.max(1, Math.round(DEFAULT_WIDTH / shape.width));
  const columns = Math.min(names.length, options.columns ?? balancedColumns(names.length));
  const rows = Math.ceil(names.length / columns);
  const [tileWidth, tileHeight] = [shape.width * enlarge, shape.height * enlarge];
  const width = columns * (tileWidth + GAP) - GAP;
  const height = rows * (tileHeight + LABEL_HEIGHT);
  const tiles = names.map((name, index) => ({
    name,
    url: storedPixelsUrl(tileOf(options, index)),
    x: (index % columns) * (tileWidth + GAP) + tileWidth / 2,
    y: Math.floor(index / columns) * (tileHeight + LABEL_HEIGHT) + tileHeight / 2,
  }));
  const place = { type: "quantitative" as const, axis: null };
  const x = { ...place, field: "x", scale: { domain: [0, width], nice: false, zero: false } };
  const y = { ...place, field: "y", scale: { domain: [height, 0], nice: false, zero: false } };
  const image = { type: "image" as const, width: tileWidth, height: tileHeight, aspect: false, smooth: false };
  return specification({
    ...frame({ title, subtitle, description: `${title}: ${names.join(", ")}. ${subtitle}`, width }),
    width,
    height,
    data: { values: tiles },
    encoding: { x, y },
    layer: [
      {
        mark: image,
        encoding: {
          url: { field: "url", type: "nominal" },
          tooltip: [{ field: "name", type: "nominal", title: "Name" }],
        },
      },
      {
        mark: {
          type: "text",
          dy: tileHeight / 2 + 12,
          fontSize: 12,
          color: INK,
          limit: tileWidth + GAP - 4,
          tooltip: null,
        },
        encoding: { text: { field: "name", type: "nominal" } },
      },
    ],
  });
}

function tileOf({ images, shape, scaling }: MontageOptions, index: number) {
  const inputs = inputCount(shape);
  const tile = Float64Array.from({ length: inputs }, (_, i) => images[index * inputs + i] ?? Number.NaN);
  return scaling === "bytes" ? imagePixels(tile, shape) : templatePixels(tile, shape);
}

function checkMontage({ images, shape, names, scaling, columns, enlarge }: MontageOptions): void {
  requireItems("names", names);
  requireNames("names", names);
  requireObject("shape", shape);
  for (const side of ["width", "height", "channels"] as const)
    requireWhole(`shape.${side}`, shape[side], 1, 4096);
  if (columns !== undefined) requireWhole("columns", columns, 1, 1000);
  if (enlarge !== undefined) requireWhole("enlarge", enlarge, 1, 1000);
  if (scaling !== undefined && scaling !== "each" && scaling !== "bytes") {
    throw new TrainscopeError("BAD_OPTION", `scaling is ${String(scaling)}; expected "each" or "bytes"`);
  }
  requireList("images", images);
  requireNumbers("images", images, "gaps");
  const { width, height, channels } = shape;
  const of = `${names.length} x ${width} x ${height} x ${channels}`;
  requireLength("images", images, names.length * inputCount(shape), of);
}
