// Pictures in folders by class, as `cat/1.png` or `train/cat/1.png`: the folder's name is the class.
import {
  badFile,
  type ClassNames,
  type ImageBatch,
  MOST_CLASSES,
  splitNamed,
  tooManyClasses,
} from "../contents.ts";
import type { Picture } from "./read-picture.ts";

/** @throws TrainscopeError `BAD_DATA` where a picture is in no folder, or there are too many of these */
export function labelPictures(pictures: readonly Picture[]): readonly (ClassNames | ImageBatch)[] {
  const [first] = pictures;
  if (first === undefined) return [];
  const names = [...new Set(pictures.map(({ file }) => classOf(file)))].sort();
  if (names.length > MOST_CLASSES) throw tooManyClasses(first.file, names.length);
  const labels = new Map(names.map((name, label) => [name, label]));
  const batches = pictures.map(({ file, shape, image }): ImageBatch => {
    const fine = Uint8Array.of(labels.get(classOf(file)) ?? 0);
    // The class is no word for the split: someone may sort tests.
    const above = file.split("/").slice(0, -2).join("/");
    return {
      kind: "images",
      file,
      split: splitNamed(above) ?? "train",
      shape,
      images: image,
      labels: { fine },
    };
  });
  return [{ kind: "names", file: "the folders", of: "fine", names }, ...batches];
}

function classOf(file: string): string {
  const name = file.split("/").at(-2);
  if (name !== undefined) return name;
  throw badFile(
    file,
    "it is in no folder of its class",
    undefined,
    "Sort pictures into a folder for each class: train/cat/1.png.",
  );
}
