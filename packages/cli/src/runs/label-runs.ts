// A run's name and tags, changed on disk.
import { basename, dirname } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { findRun, runsIn, withName } from "@trainscope/runs";
import { type Label, updateLabel } from "@trainscope/runs/labels";

export type LabelChange = (label: Label, folder: string) => Label | Promise<Label>;

/** Gives what to tell of it. */
export async function changeLabel(out: string, run: string, change: LabelChange): Promise<string> {
  const folder = await findRun(out, run);
  const label = await updateLabel(folder, (before) => change(before, folder));
  const tags = label.tags.length === 0 ? "no tags" : `tags ${label.tags.join(", ")}`;
  return `${folder}: ${label.name === null ? "no name" : `name "${label.name}"`}, ${tags}`;
}

/** Throws `BAD_OPTION` where another run beside this one is called so. */
export async function checkFree(folder: string, name: string): Promise<void> {
  const out = dirname(folder);
  const ids = await runsIn(out);
  const others = [...ids.filter((id) => id === name), ...(await withName(out, ids, name))];
  const other = others.find((id) => id !== basename(folder));
  if (other === undefined) return;
  throw new TrainscopeError("BAD_OPTION", `"${name}" is what the run ${other} is called`, {
    hint: "Choose another name, or rename that run first.",
  });
}
