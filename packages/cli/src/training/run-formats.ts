// How custom metrics write their values: code of the user's own, which a run that is only shown may do without.
import type { AnyMetric } from "@trainscope/core";
import { isTrainscopeError } from "@trainscope/core/errors";
import type { StoredRun } from "@trainscope/runs";
import type { Formats } from "@trainscope/tui/text";
import { type LoadedModules, loadRecordedModules, type ModuleFlags } from "./modules.ts";

export function formatsOf(metrics: readonly AnyMetric[]): Formats {
  return new Map(
    metrics.flatMap(({ name, format }) => (format === undefined ? [] : [[name, format] as const])),
  );
}

/**
 * The metrics of a stored run's modules, for showing it; `undefined` where one of them can't be had, which `onNote` is
 * told: what its values mean stands in the log. Throws `BAD_CONFIG` or `BAD_PLUGIN` where that is one of the flags'.
 */
export async function loadShownMetrics(
  run: Pick<StoredRun, "record">,
  flags: ModuleFlags,
  onNote: (message: string) => void,
): Promise<readonly AnyMetric[] | undefined> {
  return (await loadShownModules(run, flags, onNote))?.metrics;
}

/** The same modules, with what their configuration says. */
export async function loadShownModules(
  { record }: Pick<StoredRun, "record">,
  flags: ModuleFlags,
  onNote: (message: string) => void,
): Promise<Pick<LoadedModules, "metrics" | "config"> | undefined> {
  if (record === undefined) return undefined;
  try {
    const modules = { ...record.modules, pictures: false };
    return await loadRecordedModules({ modules }, { ...flags, pictures: false });
  } catch (error) {
    if (!isTrainscopeError(error) || isNamed(flags)) throw error;
    onNote(`${error.message}. Its metrics are shown by what the log tells of them. ${error.hint ?? ""}`.trim());
    return undefined;
  }
}

function isNamed({ config, plugin, metrics }: ModuleFlags): boolean {
  return config !== undefined || plugin.length > 0 || metrics.length > 0;
}
