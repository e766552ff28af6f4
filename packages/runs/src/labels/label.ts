// label.json: what a user calls a run. The run itself is not touched by it.
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { exclusively } from "../files/exclusively.ts";
import { readSmallFile } from "../files/regular-file.ts";
import { reasonOf, writeWhole } from "../files/run-folder.ts";
import { LABEL_FILE, LABEL_VERSION, type Label, NO_LABEL } from "./label-file.ts";

/** Of a run's folder; empty where it has none. Throws `BAD_DATA` where the file is damaged or can't be read. */
export async function readLabel(folder: string): Promise<Label> {
  const path = join(folder, LABEL_FILE);
  const text = await readSmallFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new TrainscopeError("BAD_DATA", `can't read ${path}: ${reasonOf(error)}`, { cause: error });
  });
  if (text === undefined) return NO_LABEL;
  const { parseLabel } = await import("./parse-label.ts");
  const label = parseLabel(text);
  if (typeof label !== "string") return label;
  throw new TrainscopeError("BAD_DATA", `${path} is damaged: ${label}`, {
    hint: "Put it right, or remove it: it has the run's name and tags, and nothing else.",
  });
}

/**
 * Changes the label as it is now, one process after the other, and gives the new one. Throws `BAD_DATA` where it is
 * damaged, `OUTPUT_NOT_WRITABLE` where it can't be written, and what `change` throws.
 */
export async function updateLabel(
  folder: string,
  change: (label: Label) => Label | Promise<Label>,
): Promise<Label> {
  const path = join(folder, LABEL_FILE);
  try {
    return await exclusively(`${path}.lock`, async () => {
      const label = await change(await readLabel(folder));
      await writeLabel(folder, label);
      return label;
    });
  } catch (error) {
    const isOfSystem = (error as NodeJS.ErrnoException).syscall !== undefined;
    throw isOfSystem ? notWritable(path, error) : error;
  }
}

/** Whatever it was before. Throws `OUTPUT_NOT_WRITABLE` where it can't. */
export async function writeLabel(folder: string, { name, tags }: Label): Promise<void> {
  const path = join(folder, LABEL_FILE);
  try {
    await writeWhole(path, `${JSON.stringify({ v: LABEL_VERSION, name, tags })}\n`);
  } catch (error) {
    throw notWritable(path, error);
  }
}

function notWritable(path: string, error: unknown): TrainscopeError {
  return new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't write ${path}: ${reasonOf(error)}`, {
    cause: error,
  });
}
