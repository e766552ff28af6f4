// How it was done: enough to repeat it.
import type { StudyResults } from "../../stages/results.ts";
import { code, list, paragraph, type Section, type Text } from "../document.ts";
import type { ReportOptions } from "../options.ts";
import { count, counted, joined } from "../words/numbers.ts";

export function methodSection(results: StudyResults, options: ReportOptions): Section {
  const { data, environment, seeds, settings } = results;
  const { width, height, channels } = data.shape;
  const epochs = Math.max(...settings.map((setting) => setting.epochs.length));
  const facts: Text[] = [
    `Data: ${data.name}; ${count(data.train)} training, ${count(data.validation)} validation and ${count(data.test)} test ` +
      `images of ${width} × ${height} × ${channels} in ${counted(data.classNames.length, "class", "classes")}. Each of the ` +
      `${count(width * height * channels)} inputs is standardised by mean and deviation of the training images, and the same ` +
      "numbers are used for validation and test.",
    "Model: p = softmax(Wx + b). W, then b, are drawn from a normal distribution with mean 0 and deviation 0.01, unless " +
      "said otherwise.",
    "Cost: the mean loss plus λΣW², without a factor ½; b is not regularised. Plain mini-batch gradient descent; the images " +
      "are shuffled anew in each epoch.",
    `Four settings: ${epochs === 0 ? "" : `${counted(epochs, "epoch")}, `}${seeds.length === 1 ? "seed" : "seeds"} ${joined(seeds.map(String))}.`,
    `Engine: ${environment.engine}, ${environment.precision}, ${counted(environment.threads, "thread")}. ` +
      "Same seed, data and processor give the same numbers, on any number of threads.",
    ...(options.processor === undefined ? [] : [`Processor: ${options.processor}.`]),
    `Versions: ${joined(Object.entries(options.versions).map(([name, version]) => `${name} ${version}`))}.`,
    `Report written ${options.generatedAt.toISOString().replace("T", " ").slice(0, 16)} UTC.`,
  ];
  return {
    id: "method",
    title: "How it was done",
    blocks: [
      paragraph(
        results.optional === null
          ? "The best setting was chosen on validation images. The test images were looked at once, at the very end, when " +
              "all training was done."
          : "Every choice (the best setting, what counts as an improvement, λ, η and batch size of the final model) was made " +
              "on validation images. The test images were looked at once, at the very end, when all training was done and " +
              "nothing was left to choose.",
      ),
      list(facts),
      paragraph("To repeat it:"),
      code(options.command),
      paragraph([
        "Every figure is in the folder ",
        { code: "figures" },
        " as PNG and SVG, the numbers of every table and every curve in ",
        { code: "numbers" },
        " as CSV, and all numbers together as ",
        { code: "results.json" },
        " in the same folder.",
      ]),
    ],
  };
}
