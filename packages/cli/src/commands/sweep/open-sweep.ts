// What a sweep is to be: what its folder has, with what was changed of it.
import type { Dataset } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { editedDefinition, newDefinition, type SweepChanges, type SweepDefinition } from "./definition.ts";
import { findSweepFolder, type SweepFolder } from "./sweep-folder.ts";

export interface SweptImages {
  readonly dataset: Dataset;
  /** Of the images that are trained on and validated with. */
  readonly fingerprint: string;
}

/** Throws `BAD_OPTION` for what doesn't fit together, or not to what the folder has. */
export function definitionIn({ path, stored }: SweepFolder, changes: SweepChanges): SweepDefinition {
  return stored === undefined ? newDefinition(changes) : editedDefinition(stored.definition, changes, path);
}

/** Throws `BAD_OPTION` where the folder's sweep was trained on others. */
export function requireSameImages({ path, stored }: SweepFolder, { dataset, fingerprint }: SweptImages): void {
  if (stored === undefined || stored.fingerprint === fingerprint) return;
  throw new TrainscopeError(
    "BAD_OPTION",
    `the sweep in ${path} was trained on other images: ${stored.dataName}, not these of ${dataset.name}`,
    { hint: "Name its data with --data and --train-on, or another folder with --out." },
  );
}

/**
 * For whoever has the folder to itself: reads it anew, since another process may have gone on with it or begun it since
 * the flags were checked, and keeps what the sweep is now. Throws as those above, and then changes nothing.
 */
export async function openSweep(path: string, changes: SweepChanges, images: SweptImages) {
  const folder = await findSweepFolder(path);
  const definition = definitionIn(folder, changes);
  requireSameImages(folder, images);
  await folder.open({ definition, fingerprint: images.fingerprint, dataName: images.dataset.name });
  return { folder, definition };
}
