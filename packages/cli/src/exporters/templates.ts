// The templates of a run as they form, as an animated PNG.
import type { ImageShape, ModelParameters, RunContext, StreamExporter } from "@trainscope/core";
import { renderTemplateAnimation } from "@trainscope/viz";
import { type Recorder, recordingExporter } from "./recording-exporter.ts";
import { type WeightFrame, WeightFrames } from "./weight-frames.ts";

/** Pictures of an animation, at the most. */
export const MOST_PICTURES = 60;

/** Writes `templates.png`: the weights after each epoch, of more than sixty evenly spread ones. PNG needs node-canvas. */
export function templatesExporter(): StreamExporter {
  return recordingExporter({
    name: "templates",
    file: "templates.png",
    kind: "weights",
    title: "The templates as they form",
    create: (run) => new TemplateRecorder(run),
  });
}

class TemplateRecorder implements Recorder {
  private readonly frames = new WeightFrames(MOST_PICTURES);
  private readonly run: RunContext;

  constructor(run: RunContext) {
    this.run = run;
  }

  take(): void {}

  takeWeights(epoch: number, parameters: ModelParameters): void {
    this.frames.add({ epoch, parameters });
  }

  async content(): Promise<Uint8Array | undefined> {
    const frames = this.frames.all();
    const { classNames, shape, dataName } = this.run;
    return frames.length === 0 ? undefined : await animateTemplates(frames, { classNames, shape, dataName });
  }
}

interface Described {
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly dataName: string;
}

/** Throws `NOT_SUPPORTED` without node-canvas, and of images that are neither grey nor in colour. */
export async function animateTemplates(
  frames: readonly WeightFrame[],
  { classNames, shape, dataName }: Described,
): Promise<Uint8Array> {
  return await renderTemplateAnimation({ frames, classNames, shape, subtitle: dataName });
}
