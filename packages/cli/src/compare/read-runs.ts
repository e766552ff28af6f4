// The runs of a comparison, and those that they were forked from, read from the disk.
import { dirname, join, resolve } from "node:path";
import { isTrainscopeError } from "@trainscope/core/errors";
import { isRunFolder } from "@trainscope/runs";
import type { ComparedRun } from "./compared-run.ts";
import { inTurns } from "./in-turns.ts";
import { readComparedRun } from "./read-run.ts";
import type { ComparedSource } from "./sources.ts";

/** A source as it was read last. */
export interface ReadSource {
  readonly source: ComparedSource;
  readonly run: ComparedRun;
}

/** Of a folder's logs those that hold no figure are left out, and told. Throws `BAD_OPTION` where one that was named holds none. */
export async function readSources(
  sources: readonly ComparedSource[],
  onLeft: (reason: string) => void,
): Promise<readonly ReadSource[]> {
  const read = await inTurns(sources, async (source) => {
    try {
      return [{ source, run: await source.read() }];
    } catch (error) {
      if (!source.isOneOfMany || !isTrainscopeError(error)) throw error;
      onLeft(error.message);
      return [];
    }
  });
  return read.flat();
}

/** The runs that those given were forked from, and so on, as far as they lie beside them and aren't given themselves. */
export async function readAncestors(runs: readonly ComparedRun[]): Promise<readonly ComparedRun[]> {
  const known = new Set(runs.map(({ runId }) => runId));
  const ancestors: ComparedRun[] = [];
  const waiting = [...runs];
  for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
    const id = run.parent?.runId;
    if (id === undefined || known.has(id)) continue;
    known.add(id);
    const folder = join(dirname(resolve(run.key)), id);
    if (!(await isRunFolder(folder))) continue;
    const ancestor = await readComparedRun(folder);
    ancestors.push(ancestor);
    waiting.push(ancestor);
  }
  return ancestors;
}
