// nx generate @trainscope/tools:exporter NAME
import { constantName, type Options, type Tree, writePlugin } from "./plugin-files.ts";

export default function generateExporter(tree: Tree, { name }: Options): void {
  const constant = constantName(name);
  writePlugin(tree, name, {
    "trainscope.config.ts": `// From this folder: npx trainscope train
import { defineConfig, defineExporter } from "@trainscope/core";
import { concatMap, filter, from, map } from "rxjs";

/** Writes the final figures when the run ends. Put your own file in its place. */
export const ${constant} = defineExporter({
  name: "${name}",
  connect: (events, run) =>
    events.pipe(
      filter((event) => event.type === "run:end"),
      concatMap(({ metrics }) => from(run.write("${name}.json", JSON.stringify(metrics, null, 2)))),
      map((path) => ({ kind: "${name}", title: "Final figures", path })),
    ),
});

export default defineConfig({ exporters: [${constant}] });
`,
    [`${name}.test.ts`]: `import { describeExporter } from "@trainscope/core/testing";
import { ${constant} } from "./trainscope.config.ts";

describeExporter(() => ${constant});
`,
  });
}
