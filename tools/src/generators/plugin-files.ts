// What the generators share: a plugin gets a folder in examples/, with a configuration that uses it and a test that
// holds it to its contract.

/** The part of Nx's Tree that is used here. */
export interface Tree {
  exists(path: string): boolean;
  write(path: string, content: string): void;
}

export interface Options {
  /** Lower case words joined by hyphens. */
  readonly name: string;
}

/** `top-5` as `top5`: the name of a constant. */
export function constantName(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Writes `examples/<name>/`. Throws where it is there already. */
export function writePlugin(tree: Tree, name: string, files: Readonly<Record<string, string>>): void {
  const folder = `examples/${name}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already; choose another name`);
  for (const [file, content] of Object.entries(files)) tree.write(`${folder}/${file}`, content);
}
