// What the authors' page says of the binary version: file names, sizes, class names.
// Source: https://www.cs.toronto.edu/~kriz/cifar.html
import type { ImageShape } from "@trainscope/core";

/** Class `k` of a label is `CLASS_NAMES[k]`. */
export const CLASS_NAMES: readonly string[] = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/** 32 x 32 pixels, three planes: red, green, blue. */
export const IMAGE_SHAPE: ImageShape = { width: 32, height: 32, channels: 3 };

/** Bytes of one picture: 32 x 32 x 3. */
export const IMAGE_BYTES = 3072;

/** One label and one picture. */
export const RECORD_BYTES = 1 + IMAGE_BYTES;

export const RECORDS_PER_FILE = 10_000;

export const TRAINING_FILES: readonly string[] = [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`);
export const TEST_FILE = "test_batch.bin";
export const NAMES_FILE = "batches.meta.txt";

/** Files of records: the five training batches and the test batch. */
export const BATCH_FILES: readonly string[] = [...TRAINING_FILES, TEST_FILE];

/** Every file of the layout that is read. */
export const LAYOUT_FILES: readonly string[] = [...BATCH_FILES, NAMES_FILE];

/** The folder inside the official archive. */
export const LAYOUT_FOLDER = "cifar-10-batches-bin";

/** The official archive of the binary version, about 162 MiB. */
export const ARCHIVE_FILE = "cifar-10-binary.tar.gz";
export const ARCHIVE_PAGE = "https://www.cs.toronto.edu/~kriz/cifar.html";
export const ARCHIVE_URL = `https://www.cs.toronto.edu/~kriz/${ARCHIVE_FILE}`;
/** As stated on the authors' page. */
export const ARCHIVE_MD5 = "c32a1d4ab5d03f1284b67883e8d87530";
