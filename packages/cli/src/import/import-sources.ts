// Logs of other programs as runs of ours: every run that a source holds, one after the other.
import { TrainscopeError } from "@trainscope/core/errors";
import { type FoundRun, type RunTable, readRun } from "@trainscope/formats";
import { isRunFolder } from "@trainscope/runs";
import { foreignRuns } from "../input/foreign-log.ts";
import type { ReadingFlags } from "../input/reading-flags.ts";
import { createImporter, type Importer, type ImportOptions } from "./import-run.ts";

/** One run, or why there is none of it. */
export type Outcome = { readonly lines: readonly string[] } | { readonly refused: TrainscopeError };

/**
 * All sources are found before the first is read; then each run is told as it is made. Throws `BAD_OPTION` where a source can't be found
 * or is of no format; what holds no figure is among the outcomes.
 */
export async function* importSources(
  sources: readonly string[],
  reading: ReadingFlags,
  options: ImportOptions,
): AsyncGenerator<Outcome> {
  const found = new Map<string, FoundRun>();
  for (const source of sources) {
    for (const run of await runsOf(source, reading)) found.set(keyOf(run), run);
  }
  const importRun = createImporter(options);
  for (const run of found.values()) {
    try {
      const table = await readRun(run, reading);
      yield { lines: await importOne(run, table, importRun) };
    } catch (error) {
      if (!(error instanceof TrainscopeError) || error.code !== "BAD_OPTION") throw error;
      yield { refused: error };
    }
  }
}

async function runsOf(source: string, reading: ReadingFlags): Promise<readonly FoundRun[]> {
  if (await isRunFolder(source)) {
    throw new TrainscopeError("BAD_OPTION", `${source} is the folder of a run already`, {
      hint: "Name the folder above it with --out, or copy it to where your runs are.",
    });
  }
  return await foreignRuns(source, reading);
}

function keyOf({ files }: FoundRun): string {
  return files.map(({ path }) => path).join("\n");
}

async function importOne(run: FoundRun, table: RunTable, importRun: Importer): Promise<readonly string[]> {
  const { folder, name, trouble } = await importRun(run, table);
  const files =
    run.files.length === 1 ? run.files[0]?.path : `${run.files.length} files, ${run.files[0]?.path} first`;
  if (name === undefined) return [`${folder} is there already: the figures of ${files} were imported before`];
  const count = new Set(table.series.flatMap((series) => [...series.points().xs])).size;
  return [
    `imported ${folder}, called "${name}": ${count} ${table.axis}s, ${table.series.length} series`,
    `read as ${run.format.name}: ${files}`,
    ...table.notices,
    ...(trouble === undefined ? [] : [`its curves were not drawn: ${trouble}`]),
  ];
}
