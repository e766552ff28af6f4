// A dataset from a folder, an archive or one file, by what the files hold.
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Dataset } from "@trainscope/core";
import { isTrainscopeError, messageOf, requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { badFile, type Contents, type LabelKind, splitNamed } from "../contents/contents.ts";
import { type NamedArray, pairArrays } from "../contents/npy/named-arrays.ts";
import { labelPictures } from "../contents/picture/label-pictures.ts";
import type { Picture } from "../contents/picture/read-picture.ts";
import { type Found, isNamedAsData, KNOWN_FORMATS, readContents } from "../contents/read-contents.ts";
import { archiveKind, readArchive } from "../files/archive.ts";
import { listFolder, readWhole } from "../files/folder.ts";
import { isPartOfLayout, locate } from "../find.ts";
import { loadCifar10 } from "../load.ts";
import { assemble } from "./assemble.ts";

/** What `loadData` takes. */
export interface LoadDataOptions {
  /**
   * Of CIFAR, `batch1` trains on 10,000 images and validates on the next 10,000; `all` trains on all but the last 1,000, which
   * validate. Of data without a validation split, every tenth or every fiftieth training image validates.
   */
  readonly trainOn: "batch1" | "all";
  /** Of CIFAR-100: 100 classes, or 20. */
  readonly labels?: LabelKind;
  /** Who named the path, for messages: a flag, a field of a configuration. */
  readonly origin?: string | undefined;
  /** Called once, before the dataset is given, with the files that lay beside the data and are none. */
  readonly onPassedOver?: (files: readonly string[]) => void;
}

/**
 * Images by what files hold, whatever they are called; names tell the splits. The path is a folder, a `.tar.gz` or `.tar`,
 * or one file. A folder with all files of CIFAR-10's binary version, or some of them, is read as `loadCifar10` reads it.
 *
 * @throws TrainscopeError `DATA_NOT_FOUND` where there is nothing of the kind, `BAD_DATA` where a file is damaged or they
 * don't go together, `BAD_OPTION` where there are no coarse labels
 * @example
 * const data = await loadData("cifar-100-python.tar.gz", { trainOn: "all", labels: "coarse" });
 */
export async function loadData(path: string, options: LoadDataOptions): Promise<Dataset> {
  requireArgument("loadData", "path", path, "a text");
  requireArgument("loadData", "options", options, "an object");
  const { trainOn, labels = "fine", origin } = options;
  if (await isPartOfLayout(path)) {
    if (labels === "fine") return await loadCifar10(await locate(path, origin), { trainOn });
    throw new TrainscopeError("BAD_OPTION", "CIFAR-10 has no coarse labels", {
      hint: "CIFAR-100 has them. Leave out --labels coarse.",
    });
  }
  const reading = new Reading(trainOn);
  await readInto(reading, path, origin);
  const contents = reading.contents();
  const source = basename(resolve(path));
  const [passed] = reading.passedOver;
  if (passed !== undefined && contents.every(({ kind }) => kind === "names")) throw passed.problem;
  if (contents.length === 0) {
    const from = origin === undefined ? "" : ` (from ${origin})`;
    throw new TrainscopeError("DATA_NOT_FOUND", `${path}${from} holds no images; expected ${KNOWN_FORMATS}`, {
      hint: "Name a folder, an archive or a file that holds them.",
    });
  }
  const dataset = assemble(contents, { source, trainOn, labels });
  if (passed !== undefined) options.onPassedOver?.(reading.passedOver.map(({ file }) => file));
  return dataset;
}

async function readInto(reading: Reading, path: string, origin: string | undefined): Promise<void> {
  const found = path === "" ? undefined : await stat(path).catch(() => undefined);
  // Says what is wrong with a path that is none.
  if (found === undefined) await locate(path, origin);
  if (found?.isFile()) {
    const name = basename(path);
    const kind = await archiveKind(path).catch((cause: unknown) => {
      throw badFile(path, `it can't be read: ${messageOf(cause)}`);
    });
    if (kind === undefined) reading.add(name, await readWhole(path, name));
    else
      await readArchive(
        path,
        name,
        kind,
        (file) => reading.isWanted(file),
        (file, bytes) => reading.add(file, bytes),
      );
    return;
  }
  for (const file of await listFolder(path)) {
    if (!reading.isWanted(file.name)) continue;
    const bytes = await file.read().catch((thrown: unknown) => reading.passOver(file.name, thrown));
    if (bytes !== undefined) reading.add(file.name, bytes);
  }
}

/** Batches of CIFAR-10 that aren't asked for. */
const LATER_BATCH = /(^|\/)data_batch_[3-5](\.\w+)?$/;

/** What has been read, until all is there and can be put together. */
class Reading {
  private readonly known: Contents[] = [];
  private readonly arrays: NamedArray[] = [];
  private readonly pictures: Picture[] = [];
  readonly passedOver: { readonly file: string; readonly problem: TrainscopeError }[] = [];
  /** Where the first images are: those of another folder are other data, but for the folders of splits. */
  private folder: string | undefined;

  private readonly trainOn: "batch1" | "all";

  constructor(trainOn: "batch1" | "all") {
    this.trainOn = trainOn;
  }

  isWanted(name: string): boolean {
    return this.trainOn === "all" || !LATER_BATCH.test(name);
  }

  /** Throws `BAD_DATA`. */
  add(name: string, bytes: Uint8Array): void {
    for (const found of this.read(name, bytes)) {
      if (found.kind === "picture") this.pictures.push(found);
      else if (found.kind === "array") this.arrays.push(found);
      else this.known.push(found);
      if (found.kind === "images" || found.kind === "array") this.requireOneFolder(name);
    }
  }

  private read(name: string, bytes: Uint8Array): readonly Found[] {
    try {
      return readContents(bytes, name);
    } catch (thrown) {
      this.passOver(name, thrown);
      return [];
    }
  }

  /** Other things may lie beside data; but what is named as data has to be that. Throws what was `thrown` where it isn't. */
  passOver(file: string, thrown: unknown): undefined {
    if (!isTrainscopeError(thrown) || isNamedAsData(file)) throw thrown;
    this.passedOver.push({ file, problem: thrown });
  }

  contents(): readonly Contents[] {
    const isOther = this.arrays.length > 0 || this.known.some(({ kind }) => kind === "images");
    // A chart, say, beside the data.
    const loose = isOther ? this.pictures.filter(({ file }) => !file.includes("/")) : [];
    for (const { file } of loose) {
      this.passedOver.push({ file, problem: badFile(file, "it is in no folder of its class") });
    }
    const pictures = this.pictures.filter((one) => !loose.includes(one));
    const kinds = [this.known.filter(({ kind }) => kind === "images"), this.arrays, pictures];
    const [one, other] = kinds.filter((files) => files.length > 0).map(([first]) => first?.file ?? "");
    if (one !== undefined && other !== undefined) {
      const hint = "Name the folder or the file of one of them.";
      throw badFile(other, `it holds images, and in another form so does ${one}`, undefined, hint);
    }
    const listed = this.known.filter((one) => one.kind === "names").find(({ of }) => of === "fine");
    const labelled = labelPictures(pictures, listed);
    return [...this.known, ...pairArrays(this.arrays), ...labelled].sort(inOrder);
  }

  private requireOneFolder(file: string): void {
    const parts = file.split("/").slice(0, -1);
    const own = parts
      .filter((part) => splitNamed(part) === undefined)
      .map((part) => `${part}/`)
      .join("");
    this.folder ??= own;
    if (own === this.folder) return;
    const problem = `it holds images, and so does ${this.folder || "the folder above"}`;
    throw badFile(file, problem, undefined, "Name the folder of one of them.");
  }
}

const collator = new Intl.Collator("en", { numeric: true });

/** An archive has its files in any order. */
function inOrder(one: Contents, other: Contents): number {
  return collator.compare(one.file, other.file);
}
