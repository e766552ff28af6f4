// Pictures in folders by class, as `cat/1.png` or `train/cat/1.png`: the folder's name is the class.
import { describeValue } from "@trainscope/core/text";
import {
  badFile,
  type ClassNames,
  type ImageBatch,
  MOST_CLASSES,
  splitNamed,
  tooManyClasses,
} from "../contents.ts";
import type { Picture } from "./read-picture.ts";

/**
 * A list of names beside the folders gives the order of the classes, and no other names.
 *
 * @throws TrainscopeError `BAD_DATA` where a picture is in no folder of its class, the list lacks a folder, or there are too
 * many of these
 */
export function labelPictures(
  pictures: readonly Picture[],
  listed: ClassNames | undefined,
): readonly (ClassNames | ImageBatch)[] {
  const [first] = pictures;
  if (first === undefined) return [];
  const folders = [...new Set(pictures.map(({ file }) => classOf(file)))].sort();
  const names = listed?.names ?? folders;
  if (names.length > MOST_CLASSES) throw tooManyClasses(first.file, names.length);
  const labels = new Map(names.map((name, label) => [name, label]));
  const unlisted = folders.find((name) => !labels.has(name));
  if (listed !== undefined && unlisted !== undefined) throw notListed(unlisted, listed);
  const batches = pictures.map(({ file, shape, image }): ImageBatch => {
    const fine = Uint8Array.of(labels.get(classOf(file)) ?? 0);
    // The class is no word for the split: someone may sort tests.
    const above = file.split("/").slice(0, -2).join("/");
    return {
      kind: "images",
      file,
      split: splitNamed(above),
      shape,
      images: image,
      labels: { fine },
    };
  });
  return listed === undefined
    ? [{ kind: "names", file: "the folders", of: "fine", names }, ...batches]
    : batches;
}

function classOf(file: string): string {
  const folders = file.split("/").slice(0, -1);
  const name = folders.pop();
  // In `test/1.png` the folder is a split; in `train/test/1.png` it is a class.
  const isSplit = name !== undefined && splitNamed(name) !== undefined;
  if (name !== undefined && (!isSplit || splitNamed(folders.join("/")) !== undefined)) return name;
  throw badFile(
    file,
    "it is in no folder of its class",
    undefined,
    "Sort pictures into a folder for each class: train/cat/1.png.",
  );
}

function notListed(folder: string, { file }: ClassNames): Error {
  return badFile(
    file,
    `it lacks ${describeValue(folder)}, which is a folder of pictures; expected every folder's name`,
    undefined,
    "Name each folder in it, a line each, or take the file out of the folder.",
  );
}
