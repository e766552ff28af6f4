// What is in the folder that runs are imported into, read once: the figures that were imported before, and the names that
// are taken.
import { join } from "node:path";
import { SOURCE_FILE } from "../files/file-names.ts";
import { readSmallFile } from "../files/regular-file.ts";
import { readLabel } from "../labels/label.ts";
import { type Label, NO_LABEL } from "../labels/label-file.ts";
import { runsIn } from "./find-run.ts";

/** The runs that a folder holds already. */
export interface KnownRuns {
  /** The folder that figures were imported to, by their sha256. */
  readonly folders: Map<string, string>;
  /** Ids and names. */
  readonly names: Set<string>;
}

/** What is damaged has no figures, or no name. Throws `BAD_OPTION` where `out` can't be read. */
export async function readKnownRuns(out: string): Promise<KnownRuns> {
  const { parseSourceRecord } = await import("../record/parse-source-record.ts");
  const folders = new Map<string, string>();
  const names = new Set<string>();
  for (const id of await runsIn(out)) {
    const folder = join(out, id);
    const { name } = await readLabel(folder).catch((): Label => NO_LABEL);
    names.add(id);
    if (name !== null) names.add(name);
    const text = await readSmallFile(join(folder, SOURCE_FILE)).catch(() => undefined);
    const source = text === undefined ? undefined : parseSourceRecord(text);
    if (typeof source === "object" && !folders.has(source.sha256)) folders.set(source.sha256, folder);
  }
  return { folders, names };
}
