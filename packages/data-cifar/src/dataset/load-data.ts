// A dataset from a folder, by what its files hold.
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Dataset } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { badFile, type Contents, type LabelKind } from "../contents/contents.ts";
import { KNOWN_FORMATS, readContents } from "../contents/read-contents.ts";
import type { DataFile } from "../files/data-file.ts";
import { listFolder } from "../files/folder.ts";
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
}

/**
 * Images by what the files of a folder hold, whatever they are called; names tell the splits. A folder with all files of
 * CIFAR-10's binary version, or some of them, is read as `loadCifar10` reads it.
 *
 * @throws TrainscopeError `DATA_NOT_FOUND` where there is nothing of the kind, `BAD_DATA` where a file is damaged or they
 * don't go together, `BAD_OPTION` where there are no coarse labels
 * @example
 * const data = await loadData("cifar-100-binary", { trainOn: "all", labels: "coarse" });
 */
export async function loadData(path: string, options: LoadDataOptions): Promise<Dataset> {
  const { trainOn, labels = "fine", origin } = options;
  if (await isPartOfLayout(path)) {
    if (labels === "fine") return await loadCifar10(await locate(path, origin), { trainOn });
    throw new TrainscopeError("BAD_OPTION", "CIFAR-10 has no coarse labels", {
      hint: "CIFAR-100 has them. Leave out --labels coarse.",
    });
  }
  const contents = await readAll(await filesOf(path, origin), trainOn);
  const source = basename(resolve(path));
  if (contents.length === 0) {
    const from = origin === undefined ? "" : ` (from ${origin})`;
    throw new TrainscopeError("DATA_NOT_FOUND", `${path}${from} holds no images; expected ${KNOWN_FORMATS}`, {
      hint: "Name a folder that holds them.",
    });
  }
  return assemble(contents, { source, trainOn, labels });
}

async function filesOf(path: string, origin: string | undefined): Promise<readonly DataFile[]> {
  // Says what is wrong with a path that is none.
  const found = path === "" ? undefined : await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) await locate(path, origin);
  return await listFolder(path);
}

/** Batches of CIFAR-10 that aren't asked for. */
const LATER_BATCH = /(^|\/)data_batch_[3-5](\.\w+)?$/;

async function readAll(files: readonly DataFile[], trainOn: "batch1" | "all"): Promise<readonly Contents[]> {
  const contents: Contents[] = [];
  /** Where the first images are: those of another folder are other data. */
  let folder: string | undefined;
  for (const file of files) {
    if (trainOn === "batch1" && LATER_BATCH.test(file.name)) continue;
    const found = readContents(await file.read(), file.name);
    contents.push(...found);
    if (!found.some(({ kind }) => kind === "images")) continue;
    const own = file.name.slice(0, file.name.lastIndexOf("/") + 1);
    folder ??= own;
    if (own !== folder) {
      const problem = `it holds images, and so does ${folder || "the folder above"}`;
      throw badFile(file.name, problem, undefined, "Name the folder of one of them.");
    }
  }
  return contents;
}
