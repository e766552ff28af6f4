// A file of lines in a sweep's folder, however long it has become.
import { TrainscopeError } from "@trainscope/core/errors";
import { createLineSplitter, isMissing, openRegular, reasonOf } from "@trainscope/runs/files";

/**
 * Hands over each line that has its end, and then what is behind the last of them. A line that is longer than any that was written is
 * handed over as "", as damaged ones are for the caller to see to; a file that is not there has none. Throws `BAD_DATA` for one that
 * can't be read.
 */
export async function readLines(path: string, onLine: (text: string) => void): Promise<string> {
  const splitter = createLineSplitter({ onLine, onTooLong: () => onLine("") });
  for await (const bytes of bytesOf(path)) splitter.add(bytes);
  return splitter.rest();
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    const file = await openRegular(path);
    // The stream closes it.
    yield* file.createReadStream();
  } catch (error) {
    if (isMissing(error)) return;
    throw new TrainscopeError("BAD_DATA", `can't read ${path}: ${reasonOf(error)}`, {
      hint: "Put it right, or name another folder with --out.",
      cause: error,
    });
  }
}
