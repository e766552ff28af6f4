// How custom metrics write their values: code of the user's own, which a run that is only shown may do without.
import { statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { AnyMetric } from "@trainscope/core";
import type { RunRecord } from "../run-files/run-record.ts";
import type { Formats } from "../text/format-metric.ts";
import { loadModules } from "./modules.ts";

export function formatsOf(metrics: readonly AnyMetric[]): Formats {
  return new Map(
    metrics.flatMap(({ name, format }) => (format === undefined ? [] : [[name, format] as const])),
  );
}

/**
 * The metrics of a stored run's own modules; `undefined` where they aren't there any more, don't load, or are not this
 * user's: to look at a run that somebody else has sent must not run code that came with it.
 */
export async function loadRecordedMetrics(
  folder: string,
  record: Pick<RunRecord, "modules">,
): Promise<readonly AnyMetric[] | undefined> {
  const { config, plugins } = record.modules;
  const paths = config === null ? plugins : [config, ...plugins];
  if (paths.length === 0) return [];
  if (!paths.every((path) => isOwn(path, dirname(resolve(folder))))) return undefined;
  try {
    return (await loadModules({ config, plugins, pictures: false })).metrics;
  } catch {
    return undefined;
  }
}

/** Whether a file belongs to this user, and doesn't lie among the runs. */
function isOwn(path: string, runs: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  const isAmongRuns = !relative(runs, resolve(path)).startsWith("..");
  return status !== undefined && !isAmongRuns && status.uid === (process.getuid?.() ?? status.uid);
}
