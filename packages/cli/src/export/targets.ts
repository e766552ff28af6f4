// What `trainscope export --to` writes, and how it is picked: by the target's name, unless --format insists.
import { statSync } from "node:fs";
import { extname } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";

interface TargetFormat {
  readonly name: string;
  /** The endings of files that are written so; none where a folder is written. */
  readonly endings: readonly string[];
  /** What is taken of the run. */
  readonly holds: "model" | "figures" | "templates";
}

const TENSORBOARD = { name: "tensorboard", endings: [], holds: "figures" } as const;

const FORMATS = [
  { name: "npz", endings: [".npz"], holds: "model" },
  { name: "safetensors", endings: [".safetensors"], holds: "model" },
  { name: "onnx", endings: [".onnx"], holds: "model" },
  { name: "csv", endings: [".csv"], holds: "figures" },
  { name: "jsonl", endings: [".jsonl"], holds: "figures" },
  { name: "markdown", endings: [".md"], holds: "figures" },
  { name: "apng", endings: [".apng", ".png"], holds: "templates" },
  TENSORBOARD,
] as const satisfies readonly TargetFormat[];

/** Where it goes, and as what. */
export type Target = (typeof FORMATS)[number] & { readonly path: string };

export const TARGET_FORMATS = FORMATS.map(({ name }) => name);
export type TargetFormatName = Target["name"];

const ENDINGS = FORMATS.flatMap(({ endings }) => endings);

/** In words, for the help. */
export const TARGETS = `a file that ends in ${ENDINGS.slice(0, -1).join(", ")} or ${ENDINGS.at(-1)}, or a folder for TensorBoard's files`;

interface TargetOptions {
  readonly format?: TargetFormatName | undefined;
  readonly overwrite?: boolean | undefined;
}

/**
 * A name without an ending, and a folder that is there, is TensorBoard's. Throws `BAD_OPTION` where the name says no format, or
 * stands for something else already.
 */
export function targetOf(path: string, { format, overwrite = false }: TargetOptions = {}): Target {
  const found = statSync(path, { throwIfNoEntry: false });
  const target = { ...formatOf(path, format, found?.isDirectory() === true), path };
  if (found === undefined) return target;
  if (target.endings.length === 0) {
    if (found.isDirectory()) return target;
    throw wrong(
      `${path} is a file; expected a folder for TensorBoard's files`,
      "Name another folder with --to.",
    );
  }
  if (found.isDirectory())
    throw wrong(`${path} is a folder; expected a file as ${target.name}`, "Name a file with --to.");
  if (overwrite) return target;
  throw wrong(`there is a file ${path} already`, "Name another with --to, or write over it with --overwrite.");
}

function formatOf(path: string, format: TargetFormatName | undefined, isFolder: boolean) {
  const ending = extname(path).toLowerCase();
  const meant =
    format === undefined
      ? FORMATS.find(({ endings }) => (endings as readonly string[]).includes(ending))
      : FORMATS.find(({ name }) => name === format);
  if (meant !== undefined) return meant;
  if (isFolder || ending === "") return TENSORBOARD;
  throw wrong(
    `--to ${path} says no format`,
    `Expected ${TARGETS}; --format names one whatever the file is called.`,
  );
}

function wrong(message: string, hint: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", message, { hint });
}
