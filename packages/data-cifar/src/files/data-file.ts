// One file of a data set, wherever it lies.

export interface DataFile {
  /** From the folder or the archive on, with slashes. */
  readonly name: string;
  /** All its bytes. Throws `BAD_DATA` where it is too large, or can't be read. */
  read(): Promise<Uint8Array>;
}

/** A file larger than this is refused: 1 GiB. All of CIFAR-10 is 184 MB. */
export const MOST_FILE_BYTES = 2 ** 30;

/** So many files are looked at. */
export const MOST_FILES = 200_000;
