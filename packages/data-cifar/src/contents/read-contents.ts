// From a file's bytes to what it holds. The bytes tell the format; the name tells the split, and what a text is.

import { grouped } from "../format.ts";
import { archiveKindOf } from "./archive-kind.ts";
import { isCifarBinary, readCifarBinary } from "./cifar-binary.ts";
import { badFile, type Contents } from "./contents.ts";
import { isMat, readMat } from "./mat/read-mat.ts";
import { isNameList, readNameList } from "./name-list.ts";
import { type NamedArray, namedArray, readNpz } from "./npy/named-arrays.ts";
import { isNpy } from "./npy/read-npy.ts";
import { isZip } from "./npy/read-zip.ts";
import { isPickle, readPickle } from "./pickle/read-pickle.ts";
import { isJpeg, isPng, type Picture, readPicture } from "./picture/read-picture.ts";

/** What is read. */
export const KNOWN_FORMATS =
  "CIFAR-10 or CIFAR-100 (binary, Python or MATLAB version), .npy or .npz arrays, or PNG or JPEG in folders by class";

/** What needs other files to be understood: arrays need labels, and pictures all classes. */
export type Found = Contents | NamedArray | Picture;

/**
 * What the file holds; nothing for a text that names no classes, a readme for one.
 *
 * @throws TrainscopeError `BAD_DATA` where it is in no known format, or is damaged
 */
export function readContents(bytes: Uint8Array, file: string): readonly Found[] {
  if (isPickle(bytes)) return readPickle(bytes, file);
  if (isMat(bytes)) return readMat(bytes, file);
  if (isNpy(bytes)) return [namedArray(bytes, file)];
  if (isZip(bytes)) return readNpz(bytes, file);
  if (isPng(bytes) || isJpeg(bytes)) return [readPicture(bytes, file)];
  // Light pixels are letters, too.
  if (isCifarBinary(bytes) && !TEXT_NAME.test(file)) return known(readCifarBinary(bytes, file));
  if (bytes.length === 0 && isNamedAsData(file)) throw badFile(file, "it is empty");
  if (isText(bytes)) {
    return known(readNameList(bytes, file));
  }
  if (archiveKindOf(bytes) !== undefined) {
    const hint = "Name the archive itself, or unpack it: tar -xf.";
    throw badFile(file, "it is an archive within other data, which isn't looked into", undefined, hint);
  }
  const batch = readCifarBinary(bytes, file);
  if (batch !== undefined) return [batch];
  throw badFile(file, `it has ${grouped(bytes.length)} bytes of no known format; expected ${KNOWN_FORMATS}`);
}

const known = (found: Contents | undefined): readonly Contents[] => (found === undefined ? [] : [found]);

const TEXT_NAME = /\.(txt|md|rst|html?|csv|tsv|json|ya?ml|xml|py|m|log)$/i;
const DATA_NAME =
  /\.(bin|mat|npy|npz|png|jpe?g)$|(^|\/)(data_batch_\d|(test_|train_)?batch|train|test|meta|batches\.meta)$/i;

/** Whether a file's name says that it belongs to a data set: then it has to hold what it says. */
export const isNamedAsData = (file: string): boolean => DATA_NAME.test(file) || isNameList(file);

/** How many bytes are looked at to tell a text. */
const HEAD = 4096;

function isText(bytes: Uint8Array): boolean {
  // Tab, line feed, form feed, carriage return, and all from the space on.
  return bytes.subarray(0, HEAD).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}
