// What the command line names to be watched: stdin, paths, or a program to run.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { basename, delimiter, join, resolve, sep } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";

export type WatchedFile = { readonly kind: "stdin" } | { readonly kind: "path"; readonly path: string };

export interface WatchedProgramNamed {
  readonly kind: "program";
  readonly command: readonly [string, ...string[]];
}

export type Watched = WatchedFile | WatchedProgramNamed;

export interface WatchedSeveral {
  readonly kind: "several";
  readonly sources: readonly WatchedFile[];
}

/**
 * `words`: what stands after the command's flags; `before`: how many of them stand before `--`, all where there is none.
 * Throws `BAD_OPTION` where nothing is named, the same thing twice, or files together with a program.
 */
export function namedSources(words: readonly string[], before: number): Watched | WatchedSeveral {
  const [first, ...others] = words;
  if (first === undefined || first === "") {
    throw new TrainscopeError("BAD_OPTION", "nothing is named that could be watched", {
      hint: "Name files, folders, - for what is piped in, or a program: trainscope watch -- python train.py",
    });
  }
  if (before === 0) return { kind: "program", command: [first, ...others] };
  if (before < words.length) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `a program is watched by itself; found ${words.slice(0, before).join(" ")} before --`,
      { hint: `trainscope watch -- ${words.slice(before).join(" ")}` },
    );
  }
  if (others.length === 0) return fileNamed(first);
  if (isProgram(first)) {
    throw new TrainscopeError("BAD_OPTION", `${first} is a program, and no log of that name is there`, {
      hint: `A program to run stands behind --: trainscope watch -- ${words.join(" ")}`,
    });
  }
  const places = words.map((word) => (word === "-" ? word : resolve(word)));
  const twice = words.find((_, index) => places.indexOf(places[index] ?? "") < index);
  if (twice !== undefined) throw new TrainscopeError("BAD_OPTION", `${twice} is named twice`);
  return { kind: "several", sources: words.map(fileNamed) };
}

function fileNamed(word: string): WatchedFile {
  return word === "-" ? { kind: "stdin" } : { kind: "path", path: word };
}

/** Whether a shell would run it, where no file lies here that is called so. */
function isProgram(word: string): boolean {
  if (word === "-" || word.includes(sep) || existsSync(word)) return false;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => {
    const path = join(folder, word);
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  });
}

/** In a word; stdin where it is what is piped in. */
export function nameOfFile(watched: WatchedFile): string {
  return watched.kind === "stdin" ? "stdin" : basename(resolve(watched.path));
}

/** Of each, in their order: its file or folder or, where another is called so, its path as it was named. */
export function namesOfFiles(sources: readonly WatchedFile[]): readonly string[] {
  const names = sources.map(nameOfFile);
  return sources.map((source, index) => {
    const own = names[index] ?? "";
    const isAlone = names.indexOf(own) === names.lastIndexOf(own);
    if (isAlone || source.kind === "stdin") return own;
    // A file of this folder that is called like what is piped in.
    return source.path.includes(sep) ? source.path : `.${sep}${source.path}`;
  });
}
