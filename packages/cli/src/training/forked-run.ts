// `trainscope fork RUN`: a new run that goes on from another's checkpoint, with other settings.

import { type AnyMetric, type Checkpoint, checkTrainOptions } from "@trainscope/core";
import { isTrainscopeError, TrainscopeError } from "@trainscope/core/errors";
import type { EpochEndEvent } from "@trainscope/core/events";
import { ownerOf } from "@trainscope/core/history";
import { resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import { findRun, readRun, type StoredRun } from "@trainscope/runs";
import { createRunRecord, type RunRecord } from "@trainscope/runs/record";
import { partOf } from "../commands/data-flags.ts";
import { settingsOf, type TrainFlags } from "../commands/train-flags.ts";
import { chooseEngine } from "../input/engine.ts";
import { overlayOver } from "../replay/parent-overlay.ts";
import { VERSION } from "../version.ts";
import { chooseCheckpoints } from "./checkpoint-policy.ts";
import { engineOf } from "./engine-of.ts";
import { loadRecordedModules, recordModules } from "./modules.ts";
import { openNewRun } from "./open-run.ts";
import type { PreparedRun } from "./prepared-run.ts";
import { rebuildCheckpoint } from "./rebuild-checkpoint.ts";
import { differenceOf, loadRecordedData, requireSameData } from "./recorded-data.ts";
import { requireRecord } from "./require-record.ts";
import { findResumePoint } from "./resume-point.ts";

export interface ForkFlags extends Omit<TrainFlags, "resume" | "controls"> {
  /** Its end is where the fork begins; where the run stands if it is left out. */
  readonly epoch?: number;
  /** In place of the flags': asked for with a key. */
  readonly settings?: Partial<TrainSettings>;
}

/** Throws `BAD_OPTION` where there is nothing to begin from, and `BAD_DATA` where the run's images are not at hand. */
export async function prepareForkedRun(named: string, flags: ForkFlags): Promise<PreparedRun> {
  const run = await readRun(await findRun(flags.out, named));
  const record = await requireRecord(run);
  const parents = engineOf(record, run.events[0]);
  const name = flags.engine ?? parents.engine;
  const threads = flags.threads ?? (name === parents.engine ? parents.threads : undefined);
  const { create: engine } = chooseEngine({ engine: name, threads });
  const asked = { ...settingsOf(flags), ...flags.settings };
  const loaded = await loadRecordedModules(record, flags);
  const { metrics, exporters, config, modules } = loaded;
  const part = partOf(flags, record.data);
  const source = flags.data ?? record.data.source;
  const dataset = await loadRecordedData({ data: { ...record.data, ...part } }, flags.data, config.data);
  // Other images may be meant, but not by chance.
  const isMeant = [flags.data, flags.trainOn, flags.labels].some((flag) => flag !== undefined);
  if (!isMeant) requireSameData(record, dataset);
  const difference = differenceOf(record, dataset);

  const checkpoint = await chooseCheckpoint();
  const settings = resolveSettings({ ...checkpoint.settings, ...asked });
  // Scaled weights are those of the images that they were trained on.
  const fork = difference === undefined ? checkpoint : { ...checkpoint, scaledWeights: null };
  const options = { dataset, settings, metrics, exporters, limits: config.limits ?? {}, fork };
  checkTrainOptions(options);
  const checkpoints = chooseCheckpoints(flags, record.checkpoints);
  const parent = { runId: run.runId, epoch: checkpoint.epoch, batch: checkpoint.batch };
  const place = checkpoint.isWholeEpoch
    ? `after epoch ${checkpoint.epoch}`
    : `in epoch ${checkpoint.epoch}, after batch ${checkpoint.batch}`;
  return {
    options,
    engine,
    checkpoints,
    past: [],
    notices: [
      ...run.problems,
      `a fork of ${run.folder}, from where that stood ${place}`,
      ...(difference === undefined ? [] : [`it goes on with other images than its parent: ${difference}`]),
      ...(await recordModules(loaded)),
    ],
    overlay: await overlayOver(run),
    async open(handlers) {
      const { out } = flags;
      const computed = { settings, dataset, engine: name, threads, modules, script: [] };
      const about = { ...computed, source, part, checkpoints, parent, version: VERSION };
      const describe = (runId: string) => createRunRecord({ ...about, runId });
      return await openNewRun({ ...handlers, out, describe, parent: fork, checkpoints });
    },
  };

  async function chooseCheckpoint(): Promise<Checkpoint> {
    if (flags.epoch === undefined) {
      const { resumePoint } = await findResumePoint(run);
      if (resumePoint !== undefined) return resumePoint.checkpoint;
    }
    const epoch = flags.epoch ?? lastEpochOf(run);
    if (epoch === undefined || epoch > (lastEpochOf(run) ?? 0)) throw noEpoch(run, epoch);
    if (difference !== undefined) {
      const { resumePoint } = await findResumePoint(run, epoch);
      if (resumePoint?.checkpoint.isWholeEpoch && resumePoint.checkpoint.epoch === epoch)
        return resumePoint.checkpoint;
      throw new TrainscopeError("BAD_OPTION", `${run.folder} has no checkpoint of epoch ${epoch}`, {
        hint: "It could be made again from the run's own images only.",
      });
    }
    const { create } = chooseEngine({ ...parents, ...(parents.engine === name && { threads }) });
    const before = await metricsOfParent(run, record, metrics);
    return await rebuildCheckpoint({ run, record, engine: create, dataset, metrics: before }, epoch);
  }
}

/** To train the parent again: its own metrics and, where they can't be had, those of the fork's that it had, too. */
async function metricsOfParent(
  { events }: StoredRun,
  record: RunRecord,
  forked: readonly AnyMetric[],
): Promise<readonly AnyMetric[]> {
  const { metrics: own } = await loadRecordedModules(record, {
    plugin: [],
    metrics: [],
    pictures: false,
  }).catch((error: unknown) => {
    // The training itself names the metrics that are missing then.
    if (isTrainscopeError(error)) return { metrics: [] };
    throw error;
  });
  const start = events.find((event) => event.type === "run:start");
  const missing = new Set(start?.metrics.map(ownerOf));
  for (const { name } of own) missing.delete(name);
  return [...own, ...forked.filter(({ name }) => missing.has(name))];
}

function lastEpochOf({ events }: StoredRun): number | undefined {
  return events.findLast((event): event is EpochEndEvent => event.type === "epoch:end")?.epoch;
}

function noEpoch(run: StoredRun, epoch: number | undefined): TrainscopeError {
  const last = lastEpochOf(run);
  const there = last === undefined ? "it has finished none" : `it has finished ${last}`;
  const asked = epoch === undefined ? "no epoch to begin from" : `no epoch ${epoch}`;
  return new TrainscopeError("BAD_OPTION", `${run.folder} has ${asked}: ${there}`, {
    hint: "Name one that it has finished with --epoch.",
  });
}
