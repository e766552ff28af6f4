// Templates as they form: the weights after one epoch after the other, as an animated PNG.
import { requireArgument } from "@trainscope/core/errors";
import { encodeAnimatedPng, type Frame } from "./animated-png.ts";
import { paintScene } from "./paint.ts";
import { layOutWeightMontage, type WeightMontageOptions } from "./weight-montage.ts";

/** What `renderTemplateAnimation` takes. */
export interface TemplateAnimationOptions extends Omit<WeightMontageOptions, "parameters" | "title"> {
  /** By rising epochs. */
  readonly frames: readonly {
    readonly epoch: number;
    readonly parameters: WeightMontageOptions["parameters"];
  }[];
}

/** How long all of it takes but for the last picture, and how long that stays. */
const SHOWN_MS = 6000;
const LONGEST_MS = 400;
const LAST_MS = 2000;
const TEMPLATE_WIDTH = 128;

/**
 * The animation's bytes: a montage an epoch, each template scaled by itself, as in `renderWeightMontage`.
 *
 * @throws TrainscopeError `BAD_DATA` without a frame, `BAD_OPTION` where names, shape and parameters don't agree,
 * `NOT_SUPPORTED` without node-canvas
 */
export async function renderTemplateAnimation(options: TemplateAnimationOptions): Promise<Uint8Array> {
  requireArgument("renderTemplateAnimation", "options", options, "an object");
  requireArgument("renderTemplateAnimation", "options.frames", options.frames, "a list");
  requireArgument("renderTemplateAnimation", "options.shape", options.shape, "an object");
  return await encodeAnimatedPng(paintFrames(options));
}

function* paintFrames({ frames, ...options }: TemplateAnimationOptions): Generator<Frame> {
  const enlarge = options.enlarge ?? Math.ceil(TEMPLATE_WIDTH / options.shape.width);
  const each = Math.min(LONGEST_MS, SHOWN_MS / Math.max(1, frames.length));
  const digits = String(frames.at(-1)?.epoch ?? 0).length;
  for (const { epoch, parameters } of frames) {
    const title = `Weights after epoch ${String(epoch).padStart(digits, "\u2007")}`;
    const canvas = paintScene(layOutWeightMontage({ ...options, enlarge, parameters, title }));
    const { width, height } = canvas;
    const rgba = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    const isLast = epoch === frames.at(-1)?.epoch;
    yield { pixels: { width, height, rgba }, milliseconds: isLast ? LAST_MS : each };
  }
}
