// Says of each file of a folder, or of an archive, whether it is the official one, and what differs where it isn't.
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { isTrainscopeError, requireArgument } from "@trainscope/core/errors";
import { classCounts } from "../classes.ts";
import type { ImageBatch } from "../contents/contents.ts";
import { readContents } from "../contents/read-contents.ts";
import { md5Of } from "../download/checksum.ts";
import { archiveKind, readArchive } from "../files/archive.ts";
import { listFolder, readWhole } from "../files/folder.ts";
import { locate } from "../find.ts";
import { grouped } from "../format.ts";
import { CLASS_NAMES } from "../layout.ts";
import { PUBLISHED } from "../published.ts";
import { OFFICIAL_FILES, type OfficialFile } from "./official-files.ts";

/** What a file is. */
export interface VerifiedFile {
  readonly file: string;
  /** `official`, to the last byte; `different` from the official one of its name; or not one that is `known`. */
  readonly verdict: "official" | "different" | "unknown";
  /** A clause. */
  readonly about: string;
}

/**
 * Files in the order of their names, an archive before what is in it. `official` is the list that they are compared with.
 *
 * @throws TrainscopeError `DATA_NOT_FOUND` where the path is none, `BAD_DATA` where it can't be read
 */
export async function verifyData(
  path: string,
  official: readonly OfficialFile[] = OFFICIAL_FILES,
): Promise<readonly VerifiedFile[]> {
  requireArgument("verifyData", "path", path, "a text");
  const found = path === "" ? undefined : await stat(path).catch(() => undefined);
  if (found === undefined) await locate(path);
  const files: VerifiedFile[] = [];
  const verify = (file: string, bytes: Uint8Array): void => {
    files.push(verifyFile(file, bytes, official));
  };
  if (found?.isFile() !== true) {
    for (const file of await listFolder(path)) verify(file.name, await file.read());
    return files;
  }
  const name = basename(path);
  const kind = await archiveKind(path);
  if (kind === undefined) {
    verify(name, await readWhole(path, name));
    return files;
  }
  files.push(compare(name, await md5Of(path, new AbortController().signal, () => {}), official, () => ""));
  try {
    await readArchive(path, name, kind, () => true, verify);
  } catch (thrown) {
    if (!isTrainscopeError(thrown)) throw thrown;
    files.push({ file: name, verdict: "different", about: thrown.message });
  }
  return files;
}

function verifyFile(file: string, bytes: Uint8Array, official: readonly OfficialFile[]): VerifiedFile {
  const md5 = createHash("md5").update(bytes).digest("hex");
  return compare(file, md5, official, () => describeContents(bytes, file));
}

function compare(
  file: string,
  md5: string,
  official: readonly OfficialFile[],
  describe: () => string,
): VerifiedFile {
  const name = basename(file);
  const same = official.find((one) => one.md5 === md5);
  if (same !== undefined && same.name === name)
    return { file, verdict: "official", about: `the official file of ${same.of}` };
  if (same !== undefined) {
    const about = `the official ${same.name} of ${same.of}, in another's place or under another name`;
    return { file, verdict: "different", about };
  }
  const named = official.filter((one) => one.name === name);
  const parts = named.map((one) => `MD5 ${md5}; that of ${one.of} is ${one.md5}`);
  const about = [...parts, describe()].filter(Boolean).join("; ");
  return named.length > 0
    ? { file, verdict: "different", about }
    : { file, verdict: "unknown", about: about || "no official file that an MD5 is known of" };
}

/** What its images tell. */
function describeContents(bytes: Uint8Array, file: string): string {
  try {
    const [found] = readContents(bytes, file);
    if (found === undefined) return "a text";
    if (found.kind === "names") return `${found.names.length} class names`;
    return found.kind === "images" ? describeBatch(found) : "images";
  } catch (thrown) {
    if (!isTrainscopeError(thrown)) throw thrown;
    return `${thrown.message.startsWith(file) ? thrown.message.slice(file.length).replace(/^[,:] /, "") : thrown.message}${remainder(bytes)}`;
  }
}

/** A record that is short or long. */
function remainder(bytes: Uint8Array): string {
  const records = bytes.length / 3073;
  if (Math.abs(records - 10_000) >= 1 || Number.isInteger(records)) return "";
  const less = 30_730_000 - bytes.length;
  return `; it has ${grouped(Math.abs(less))} bytes ${less > 0 ? "less" : "more"} than 10,000 records of CIFAR-10`;
}

function describeBatch({ labels, images }: ImageBatch): string {
  const count = labels.fine.length;
  const expected = labels.coarse === undefined || count <= 10_000 ? 10_000 : 50_000;
  const parts = [`${grouped(count)} images`];
  if (count !== expected) {
    const less = expected - count;
    parts.push(`${grouped(Math.abs(less))} ${less > 0 ? "less" : "more"} than the official one has`);
  }
  if (labels.coarse === undefined && labels.fine.every((label) => label < CLASS_NAMES.length)) {
    const counts = classCounts({ images, labels: labels.fine }, CLASS_NAMES.length).join();
    const same = [...PUBLISHED.classCounts].find(([, known]) => known.join() === counts)?.[0];
    parts.push(
      same === undefined
        ? "images of each class as in no file of CIFAR-10"
        : `as many of each class as the official ${same.replace(".bin", "")} has`,
    );
  }
  return parts.join(", ");
}
