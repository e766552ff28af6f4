// What of a package's imports runs against the stack of its folders, as its README draws it.
import { posix } from "node:path";

/** Sources by their path below the package's folder, with slashes: `src/text/csv.ts`. */
export type Sources = Readonly<Record<string, string>>;

interface Import {
  readonly file: string;
  readonly imported: string;
}

/** Entries of one folder, and which of the others each imports, with one import that shows it. */
type Arrows = ReadonlyMap<string, ReadonlyMap<string, Import>>;

/**
 * The stacks that a README draws, each by the folder whose entries it orders, from the bottom up. A stack is a block of code
 * that begins with a line like "```text src"; its lines name entries between dots, and say after two blanks what they are.
 */
export function drawnStacks(readme: string): Map<string, string[]> {
  const blocks = readme.matchAll(/^```text (src\S*)\n(.*?)^```/gms);
  return new Map(
    [...blocks].map(([, folder = "", lines = ""]) => [
      folder,
      lines.split("\n").flatMap((line) => (line.split(/ {2,}/)[0] ?? "").split(" · ").filter(Boolean)),
    ]),
  );
}

/**
 * A sentence for each import that runs upward in a drawn stack or closes a circle of folders, and for each folder that a
 * drawing leaves out. Tests, and what stands in a folder `testing`, may import what they like.
 */
export function folderProblems(sources: Sources, readme: string): string[] {
  const stacks = drawnStacks(readme);
  const arrowsOf = arrowsByFolder(sources);
  if (!stacks.has("src") && foldersIn("src", sources).length > 1) return ['README.md draws no stack "src"'];
  return [...new Set([...arrowsOf.keys(), ...stacks.keys()])].flatMap((folder) => {
    const arrows: Arrows = arrowsOf.get(folder) ?? new Map();
    const stack = stacks.get(folder);
    if (stack === undefined) return circularImports(arrows);
    const left = foldersIn(folder, sources).filter((name) => !stack.includes(name));
    return [
      ...left.map((name) => `README.md leaves ${folder}/${name} out of its stack`),
      ...upwardImports(arrows, stack),
      ...circularImports(arrows),
    ];
  });
}

function foldersIn(folder: string, sources: Sources): string[] {
  const below = Object.keys(sources).filter((path) => path.startsWith(`${folder}/`));
  const names = below.map((path) => path.slice(folder.length + 1).split("/"));
  return [...new Set(names.flatMap(([name = "", ...rest]) => (rest.length > 0 ? [name] : [])))].filter(
    (name) => name !== "testing",
  );
}

function arrowsByFolder(sources: Sources): Map<string, Map<string, Map<string, Import>>> {
  const all = new Map<string, Map<string, Map<string, Import>>>();
  for (const [file, text] of Object.entries(sources)) {
    if (/\.test\.tsx?$|\/testing\//.test(file)) continue;
    for (const [, path = ""] of text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)) {
      const imported = posix.join(posix.dirname(file), path);
      const [folder, from, to] = whereTheyPart(file, imported);
      const arrows = all.get(folder) ?? new Map<string, Map<string, Import>>();
      const outgoing = arrows.get(from) ?? new Map<string, Import>();
      all.set(folder, arrows.set(from, outgoing.set(to, outgoing.get(to) ?? { file, imported })));
    }
  }
  return all;
}

/** The innermost folder that has both, and the entry of it that has each. */
function whereTheyPart(one: string, other: string): [folder: string, one: string, other: string] {
  const [a, b] = [one.split("/"), other.split("/")];
  const depth = a.findIndex((name, i) => name !== b[i]);
  return [a.slice(0, depth).join("/"), a[depth] ?? "", b[depth] ?? ""];
}

/** Imports by which an entry reaches one that stands after it, itself or through entries that aren't drawn. */
function upwardImports(arrows: Arrows, stack: readonly string[]): string[] {
  return stack.flatMap((entry, place) => {
    const seen = new Set<string>();
    const reach = (from: string): string[] =>
      [...(arrows.get(from) ?? [])].flatMap(([to, { file, imported }]) => {
        const other = stack.indexOf(to);
        if (other > place) return [`${file} imports ${imported}: ${to} stands above ${entry}`];
        if (other >= 0 || seen.has(to)) return [];
        seen.add(to);
        return reach(to);
      });
    return reach(entry);
  });
}

/** Imports among entries that are left when those without imports, and those that nobody imports, are taken away. */
function circularImports(arrows: Arrows): string[] {
  const left = new Map([...arrows].map(([from, to]) => [from, new Map(to)]));
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    const imported = new Set([...left.values()].flatMap((to) => [...to.keys()]));
    for (const [from, to] of left) {
      for (const name of to.keys()) if (!left.has(name)) to.delete(name);
      if (to.size === 0 || !imported.has(from)) left.delete(from);
    }
  }
  return [...left.values()].flatMap((to) =>
    [...to.values()].map(({ file, imported }) => `${file} imports ${imported} in a circle of folders`),
  );
}
