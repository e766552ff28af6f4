// One model's answers on the test split in numbers: its confusion matrix and its classes.
import type { ModelOnTest } from "../../stages/results.ts";
import { csvFile, type NumbersFile } from "./sheet.ts";

/** `name` begins the files' names. */
export function answersFiles(name: string, model: ModelOnTest): NumbersFile[] {
  const names = model.classes.map((one) => one.name);
  return [
    csvFile(`${name}-confusion`, () => [
      ["true class", ...names],
      model.confusion.map((row, k) => [names[k] ?? "", ...row]),
    ]),
    csvFile(`${name}-classes`, () => [
      ["class", "images", "recall", "precision", "most_confused_with", "images_confused"],
      model.classes.map((one) => [
        one.name,
        one.images,
        one.recall,
        one.precision,
        one.mostConfusedWith?.name ?? null,
        one.mostConfusedWith?.images ?? null,
      ]),
    ]),
  ];
}
