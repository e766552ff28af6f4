// nx generate @trainscope/tools:metric NAME
import { constantName, type Options, type Tree, writePlugin } from "./plugin-files.ts";

export default function generateMetric(tree: Tree, { name }: Options): void {
  const constant = constantName(name);
  writePlugin(tree, name, {
    "trainscope.config.ts": `// From this folder: npx trainscope train
import { defineConfig, defineMetric } from "@trainscope/core";

/** The mean probability that images are given for their own label. Put your own measure in its place. */
export const ${constant} = defineMetric({
  name: "${name}",
  splits: ["train", "validation", "test"],
  direction: "max",
  unit: "fraction",
  init: () => ({ sum: 0, rows: 0 }),
  update: ({ sum, rows }, { size, classes, probabilities, labels }) => {
    let total = sum;
    for (let row = 0; row < size; row++) total += probabilities[row * classes + (labels[row] ?? 0)] ?? 0;
    return { sum: total, rows: rows + size };
  },
  result: ({ sum, rows }) => (rows === 0 ? null : sum / rows),
});

export default defineConfig({ metrics: [${constant}] });
`,
    [`${name}.test.ts`]: `import { describeMetric } from "@trainscope/core/testing";
import { ${constant} } from "./trainscope.config.ts";

describeMetric(${constant});
`,
  });
}
