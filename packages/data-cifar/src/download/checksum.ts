// MD5, as published with the archive: it tells a damaged transfer, not a forger.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** The MD5 of a file in hexadecimal; `onBytes` hears how many have been read. */
export async function md5Of(
  path: string,
  signal: AbortSignal,
  onBytes: (read: number) => void,
): Promise<string> {
  const hash = createHash("md5");
  let read = 0;
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    read += (chunk as Buffer).length;
    onBytes(read);
  }
  return hash.digest("hex");
}
