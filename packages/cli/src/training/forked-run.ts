// `trainscope fork RUN`: a new run that goes on from another's checkpoint, with other settings.

import {
  type AnyMetric,
  type Checkpoint,
  checkTrainOptions,
  type Dataset,
  type TrainscopeConfig,
} from "@trainscope/core";
import { isTrainscopeError, TrainscopeError } from "@trainscope/core/errors";
import type { EpochEndEvent, TrainingEvent } from "@trainscope/core/events";
import { ownerOf } from "@trainscope/core/history";
import { resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import { findRun, readRun, type StoredRun } from "@trainscope/runs";
import type { DataPart } from "@trainscope/runs/choices";
import { createRunRecord, type RunRecord } from "@trainscope/runs/record";
import { chooseCheckpoints } from "../flags/checkpoint-policy.ts";
import { partOf } from "../flags/data-flags.ts";
import { settingsOf, type TrainFlags } from "../flags/train-flags.ts";
import { chooseEngine } from "../input/engine.ts";
import { VERSION } from "../version.ts";
import { engineOf, type RunEngine } from "./engine-of.ts";
import { createFailureStacks } from "./failure-stacks.ts";
import { loadRecordedModules, recordModules } from "./modules.ts";
import { openNewRun } from "./open-run.ts";
import { overlayOver } from "./parent-overlay.ts";
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

/** The run that a fork goes on from: its folder is read once, and this is handed down. */
interface Parent {
  readonly run: StoredRun;
  readonly record: RunRecord;
  /** What has computed it so far. */
  readonly computed: RunEngine;
}

/** What the fork is trained on. */
interface ForkData {
  readonly dataset: Dataset;
  readonly source: string;
  readonly part: DataPart;
  /** What tells it from the parent's, as a clause; `undefined` where it is the same. */
  readonly difference: string | undefined;
}

/** Throws `BAD_OPTION` where there is nothing to begin from, and `BAD_DATA` where the run's images are not at hand. */
export async function prepareForkedRun(named: string, flags: ForkFlags): Promise<PreparedRun> {
  const parent = await readParent(named, flags);
  const { run, record } = parent;
  const engine = forkEngine(parent, flags);
  const { create } = chooseEngine(engine);
  const loaded = await loadRecordedModules(record, flags);
  const { metrics, exporters, config, modules } = loaded;
  const data = await loadForkData(parent, flags, config.data);
  const { dataset, source, part, difference } = data;

  const checkpoint = await chooseCheckpoint(parent, {
    epoch: flags.epoch,
    data,
    metrics,
    engine,
    onEvent: createFailureStacks("lines", flags.verbose).take,
  });
  const settings = resolveSettings({ ...checkpoint.settings, ...settingsOf(flags), ...flags.settings });
  // Scaled weights are those of the images that they were trained on.
  const fork = difference === undefined ? checkpoint : { ...checkpoint, scaledWeights: null };
  const options = { dataset, settings, metrics, exporters, limits: config.limits ?? {}, fork };
  await checkTrainOptions(options);
  const checkpoints = chooseCheckpoints(flags, record.checkpoints);
  const describe = (runId: string): RunRecord =>
    createRunRecord({
      runId,
      parent: { runId: run.runId, epoch: checkpoint.epoch, batch: checkpoint.batch },
      settings,
      dataset,
      source,
      part,
      engine: engine.engine,
      threads: engine.threads,
      modules,
      checkpoints,
      script: [],
      version: VERSION,
    });
  return {
    options,
    engine: create,
    checkpoints,
    past: [],
    notices: [
      ...run.problems,
      `a fork of ${run.folder}, from where that stood ${placeOf(checkpoint)}`,
      ...(difference === undefined ? [] : [`it goes on with other images than its parent: ${difference}`]),
      ...(await recordModules(loaded)),
    ],
    overlay: await overlayOver(run),
    open: (handlers) => openNewRun({ ...handlers, out: flags.out, describe, parent: fork, checkpoints }),
  };
}

async function readParent(named: string, { out }: ForkFlags): Promise<Parent> {
  const run = await readRun(await findRun(out, named));
  const record = await requireRecord(run);
  return { run, record, computed: engineOf(record, run.events[0]) };
}

/** The parent's number of threads holds only where the fork has the parent's engine. */
function forkEngine({ computed }: Parent, flags: ForkFlags): RunEngine {
  const engine = flags.engine ?? computed.engine;
  const threads = flags.threads ?? (engine === computed.engine ? computed.threads : undefined);
  return { engine, ...(threads !== undefined && { threads }) };
}

/** Other images may be meant, but not by chance: throws `BAD_DATA` for others that no flag has asked for. */
async function loadForkData(
  { record }: Parent,
  flags: ForkFlags,
  configured: TrainscopeConfig["data"],
): Promise<ForkData> {
  const part = partOf(flags, record.data);
  const dataset = await loadRecordedData({ data: { ...record.data, ...part } }, flags.data, configured);
  const isMeant = [flags.data, flags.trainOn, flags.labels].some((flag) => flag !== undefined);
  if (!isMeant) requireSameData(record, dataset);
  const source = flags.data ?? record.data.source;
  return { dataset, source, part, difference: differenceOf(record, dataset) };
}

interface Beginning {
  /** Where the parent stands, where it is left out. */
  readonly epoch: number | undefined;
  readonly data: ForkData;
  /** The fork's. */
  readonly metrics: readonly AnyMetric[];
  readonly engine: RunEngine;
  /** Told of each event where the parent is trained again. */
  readonly onEvent: (event: TrainingEvent) => void;
}

/** One that is on the disk, or that is made again from the parent's own images. */
async function chooseCheckpoint(parent: Parent, beginning: Beginning): Promise<Checkpoint> {
  const { run, record, computed } = parent;
  const { data, metrics, engine, onEvent } = beginning;
  if (beginning.epoch === undefined) {
    const { resumePoint } = await findResumePoint(run);
    if (resumePoint !== undefined) return resumePoint.checkpoint;
  }
  const epoch = beginning.epoch ?? lastEpochOf(run);
  if (epoch === undefined || epoch > (lastEpochOf(run) ?? 0)) throw noEpoch(run, epoch);
  if (data.difference !== undefined) return await storedCheckpoint(run, epoch);
  const { create } = chooseEngine(computed.engine === engine.engine ? engine : computed);
  const before = await metricsOfParent(run, record, metrics);
  return await rebuildCheckpoint(
    { run, record, engine: create, dataset: data.dataset, metrics: before, onEvent },
    epoch,
  );
}

/** Throws `BAD_OPTION` where the epoch has left none. */
async function storedCheckpoint(run: StoredRun, epoch: number): Promise<Checkpoint> {
  const { resumePoint } = await findResumePoint(run, epoch);
  if (resumePoint?.checkpoint.isWholeEpoch && resumePoint.checkpoint.epoch === epoch) {
    return resumePoint.checkpoint;
  }
  throw new TrainscopeError("BAD_OPTION", `${run.folder} has no checkpoint of epoch ${epoch}`, {
    hint: "It could be made again from the run's own images only.",
  });
}

function placeOf({ isWholeEpoch, epoch, batch }: Checkpoint): string {
  return isWholeEpoch ? `after epoch ${epoch}` : `in epoch ${epoch}, after batch ${batch}`;
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
