// Templates as they form: which epochs are kept, and in which form.
import type { ModelParameters } from "@trainscope/core";
import type { TemplateFrame } from "./trial.ts";

/** At most `most` of the epochs 1 to `epochs`, the first and the last among them, evenly spread. */
export function frameEpochs(epochs: number, most: number): readonly number[] {
  const count = Math.min(epochs, most);
  if (count <= 1) return [epochs];
  return Array.from({ length: count }, (_, i) => Math.round(1 + (i * (epochs - 1)) / (count - 1)));
}

/** Each template from its least weight (0) to its greatest (255); 128 where it is constant or a weight no number. */
export function templateFrame(epoch: number, { classes, inputs, weights }: ModelParameters): TemplateFrame {
  const templates = new Uint8Array(classes * inputs).fill(128);
  for (let start = 0; start < weights.length; start += inputs) {
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    for (let i = start; i < start + inputs; i++) {
      const weight = weights[i] as number;
      if (weight < least) least = weight;
      if (weight > greatest) greatest = weight;
    }
    const scale = 255 / (greatest - least);
    if (!Number.isFinite(scale)) continue;
    for (let i = start; i < start + inputs; i++) {
      const shade = Math.round(((weights[i] as number) - least) * scale);
      if (!Number.isNaN(shade)) templates[i] = shade;
    }
  }
  return { epoch, templates };
}
