// The confusion matrix of a study's model on the test images.
import type { ModelOnTest } from "@trainscope/core";
import { confusionSpecification } from "./confusion.ts";
import type { FigureOptions } from "./figure.ts";
import type { ChartSpecification } from "./specification.ts";

/** Throws `BAD_OPTION` where there is no class. */
export function modelConfusionSpecification(
  { title, classes, confusion: counts }: ModelOnTest,
  options: FigureOptions = {},
): ChartSpecification {
  const names = classes.map(({ name }) => name);
  return confusionSpecification({
    ...options,
    ...{ counts, names, counted: "test images", title: options.title ?? `Confusion matrix: ${title}` },
  });
}
