// label.json: what a user calls a run. The run itself is not touched by it.
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { checkJson, listOf, STRING, shapeOf } from "@trainscope/core/schema";
import * as z from "zod/mini";
import { reasonOf, writeWhole } from "../run-folder.ts";
import { exclusively } from "./exclusively.ts";
import { readSmallFile } from "./regular-file.ts";

/** Of a run's folder: the name and the tags that its user has given it. */
export const LABEL_FILE = "label.json";
const LABEL_VERSION = 1;

/** The name and the tags that a user has given a run. */
export interface Label {
  readonly name: string | null;
  /** Each once, in the order they were given. */
  readonly tags: readonly string[];
}

/** Of a run that was given none. */
export const NO_LABEL: Label = { name: null, tags: [] };

/** Of a run's folder; empty where it has none. Throws `BAD_DATA` where the file is damaged or can't be read. */
export async function readLabel(folder: string): Promise<Label> {
  const path = join(folder, LABEL_FILE);
  const text = await readSmallFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new TrainscopeError("BAD_DATA", `can't read ${path}: ${reasonOf(error)}`, { cause: error });
  });
  if (text === undefined) return NO_LABEL;
  const label = parseLabel(text);
  if (typeof label !== "string") return label;
  throw new TrainscopeError("BAD_DATA", `${path} is damaged: ${label}`, {
    hint: "Put it right, or remove it: it has the run's name and tags, and nothing else.",
  });
}

const LABEL = shapeOf({
  v: z.literal(LABEL_VERSION, String(LABEL_VERSION)),
  name: z.union([STRING, z.null()], "a string or null"),
  tags: listOf(STRING),
});

/** The label, or what is wrong with it as a clause. */
export function parseLabel(text: string): Label | string {
  const checked = checkJson(LABEL, text);
  if ("reason" in checked) return checked.reason;
  const { name, tags } = checked.value;
  return { name, tags };
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
