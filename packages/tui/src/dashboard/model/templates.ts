// The numbers behind each template: what a picture of it can't tell.
import { type ModelParameters, squaredNorm } from "@trainscope/core";

export interface TemplateNumbers {
  /** L2, of the class's weights without its bias. */
  readonly norm: number;
  readonly least: number;
  readonly greatest: number;
  readonly bias: number;
}

export function templateNumbers({
  classes,
  inputs,
  weights,
  biases,
}: ModelParameters): readonly TemplateNumbers[] {
  return Array.from({ length: classes }, (_, k) => {
    const template = weights.subarray(k * inputs, (k + 1) * inputs);
    let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < template.length; i++) {
      const weight = template[i] as number;
      if (weight < least) least = weight;
      if (weight > greatest) greatest = weight;
    }
    return { norm: Math.sqrt(squaredNorm(template)), least, greatest, bias: biases[k] ?? Number.NaN };
  });
}
