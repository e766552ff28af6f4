// The code that a plugin of one's own begins with. Each works as it is.

/** What a project may be for. */
export const PLUGIN_KINDS = ["metric", "exporter"] as const;
/** One of `PLUGIN_KINDS`. */
export type PluginKind = (typeof PLUGIN_KINDS)[number];

/** Source and test of a plugin. */
export interface PluginCode {
  /** The constant that it exports. */
  readonly constant: string;
  /** What it imports of `@trainscope/core`. */
  readonly imports: readonly string[];
  /** Defines and exports the constant. */
  readonly definition: string;
  /** A test that holds it to its contract, of what `from` exports. */
  test(from: string): string;
}

/** `name`: lower case words joined by hyphens. */
export function pluginCode(kind: PluginKind, name: string): PluginCode {
  const constant = constantName(name);
  return kind === "metric" ? metricCode(name, constant) : exporterCode(name, constant);
}

/** `top-5` as `top5`. */
function constantName(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function metricCode(name: string, constant: string): PluginCode {
  return {
    constant,
    imports: ["defineMetric"],
    definition: `/** The mean probability that images are given for their own label. Put your own measure in its place. */
export const ${constant} = defineMetric({
  name: "${name}",
  description: "The mean probability of an image's own label.",
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
`,
    test: (from) => `import { describeMetric } from "@trainscope/core/testing";
import { ${constant} } from "${from}";

describeMetric(${constant});
`,
  };
}

function exporterCode(name: string, constant: string): PluginCode {
  return {
    constant,
    imports: ["defineExporter"],
    definition: `/** Writes the final figures when the run ends. Put your own file in its place. */
export const ${constant} = defineExporter({
  name: "${name}",
  async onEnd({ metrics }, run) {
    const path = await run.write("${name}.json", JSON.stringify(metrics, null, 2));
    return { kind: "${name}", title: "Final figures", path };
  },
});
`,
    test: (from) => `import { describeExporter } from "@trainscope/core/testing";
import { ${constant} } from "${from}";

describeExporter(() => ${constant});
`,
  };
}
