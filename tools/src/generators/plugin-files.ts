// What the generators share: a plugin gets a folder in examples/, with a configuration that uses it and a test that
// holds it to its contract. The code is that of npm create @trainscope/plugin.
import { type PluginKind, pluginCode } from "@trainscope/create-plugin";

/** The part of Nx's Tree that is used here. */
export interface Tree {
  exists(path: string): boolean;
  write(path: string, content: string): void;
}

export interface Options {
  /** Lower case words joined by hyphens. */
  readonly name: string;
}

/** Writes `examples/<name>/`. Throws where it is there already. */
export function writePlugin(tree: Tree, kind: PluginKind, name: string): void {
  const folder = `examples/${name}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already; choose another name`);
  const { constant, imports, definition, test } = pluginCode(kind, name);
  tree.write(
    `${folder}/trainscope.config.ts`,
    `// From this folder: npx trainscope train
import { ${["defineConfig", ...imports].join(", ")} } from "@trainscope/core";

${definition}
export default defineConfig({ ${kind}s: [${constant}] });
`,
  );
  tree.write(`${folder}/${name}.test.ts`, test("./trainscope.config.ts"));
}
