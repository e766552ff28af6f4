// The confusion matrix of a study's model on the test images.

import type { ChartSpecification, FigureOptions } from "@trainscope/viz";
import { confusionSpecification } from "@trainscope/viz";
import type { ModelOnTest } from "../stages/results.ts";

/** Throws `BAD_OPTION` where there is no class. */
export function modelConfusionSpecification(
  { title, classes, confusion: counts }: ModelOnTest,
  options: FigureOptions = {},
): ChartSpecification {
  const names = classes.map(({ name }) => name);
  return confusionSpecification({
    ...options,
    counts,
    names,
    counted: "test images",
    title: options.title ?? `Confusion matrix: ${title}`,
  });
}
