// Class names as a text file, one a line.
import { badFile, type ClassNames, MOST_CLASSES, tooManyClasses } from "./contents.ts";

const NAME_FILE = /(^|\/)(batches\.meta|(fine_|coarse_)?label_names|class(es|_names)|labels)\.txt$/i;

/** Whether a text's name says that it is a list of class names. */
export const isNameList = (file: string): boolean => NAME_FILE.test(file);

/** The names in a file that is called as such files are; `undefined` for any other text. */
export function readNameList(bytes: Uint8Array, file: string): ClassNames | undefined {
  if (!isNameList(file)) return undefined;
  const text = new TextDecoder().decode(bytes);
  const names = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  // The labels of images, one a line, are called so as well.
  if (/(^|\/)labels\.txt$/i.test(file) && new Set(names).size < names.length) return undefined;
  return namesIn(names, file, /coarse/i.test(file) ? "coarse" : "fine");
}

/** Throws `BAD_DATA` where there are none, too many, or one is there twice. */
export function namesIn(names: readonly string[], file: string, of: ClassNames["of"]): ClassNames {
  if (names.length === 0) throw badFile(file, "it holds no class names");
  if (names.length > MOST_CLASSES) throw tooManyClasses(file, names.length);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw badFile(file, `two classes are named ${JSON.stringify(twice.slice(0, 80))}`);
  return { kind: "names", file, of, names };
}
