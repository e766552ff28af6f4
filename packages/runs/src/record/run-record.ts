// run.json: what is known of a run before it starts. Written once; what becomes of the run stands in its log.
import { createHash } from "node:crypto";
import type { Dataset, LabelledImages, ScriptedControl } from "@trainscope/core";
import type { TrainSettings } from "@trainscope/core/settings";
import type { DataPart, EngineName } from "./recorded-choices.ts";

export const RUN_RECORD_VERSION = 1;

/** A value for each split. */
interface OfSplits<Value> {
  readonly train: Value;
  readonly validation: Value;
  readonly test: Value;
}

/** Where metrics and exporters came from. */
export interface RunModules {
  /** Absolute paths. */
  readonly config: string | null;
  readonly plugins: readonly string[];
  /** Of the catalogue, by name. */
  readonly metrics: readonly string[];
  /** Whether curves and weights are drawn. */
  readonly pictures: boolean;
}

/** Which checkpoints a run leaves. */
export interface CheckpointPolicy {
  /** Epochs from one to the next; 0 for none on the way. */
  readonly every: number;
  /** So many of the newest, beside the best and those that were asked for. */
  readonly keep: number;
}

/** What a run was begun with: plain data, `run.json` of its folder. */
export interface RunRecord {
  readonly v: typeof RUN_RECORD_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Those the run started with. */
  readonly settings: TrainSettings;
  readonly data: DataPart & {
    readonly name: string;
    /** Images. */
    readonly counts: OfSplits<number>;
    /** Of the labels, a byte each, and the bytes of the images after them, in hexadecimal. */
    readonly sha256: OfSplits<string>;
    /** "sample", or the folder it was read from. */
    readonly source: string;
  };
  readonly engine: EngineName;
  /** As asked for; `null` where all cores were. */
  readonly threads: number | null;
  readonly modules: RunModules;
  /** Earlier versions didn't tell. */
  readonly checkpoints?: CheckpointPolicy;
  /** Controls that it was to repeat. */
  readonly script: readonly ScriptedControl[];
  /** The checkpoint of another run that it began from. */
  readonly parent: { readonly runId: string; readonly epoch: number; readonly batch: number } | null;
  readonly versions: { readonly trainscope: string; readonly node: string };
  /** Of the command, without `node` and the script. */
  readonly arguments: readonly string[];
}

export interface RunBeginning
  extends Pick<RunRecord, "runId" | "settings" | "engine" | "modules" | "script" | "checkpoints"> {
  readonly dataset: Dataset;
  readonly source: string;
  readonly part: DataPart;
  readonly threads: number | undefined;
  readonly parent?: RunRecord["parent"];
  /** Of the program that trains. */
  readonly version: string;
}

/** What is to be known of a run that begins, as `run.json` holds it. */
export function createRunRecord(run: RunBeginning, startedAt = new Date()): RunRecord {
  const { runId, settings, engine, modules, script, source, part, threads, parent, checkpoints } = run;
  return {
    v: RUN_RECORD_VERSION,
    runId,
    startedAt: startedAt.toISOString(),
    settings,
    data: { ...describeData(run.dataset), source, ...part },
    engine,
    threads: threads ?? null,
    modules,
    ...(checkpoints && { checkpoints }),
    script,
    parent: parent ?? null,
    versions: { trainscope: run.version, node: process.versions.node },
    arguments: process.argv.slice(2),
  };
}

/** What tells a data set from another. */
export function describeData({ name, train, validation, test }: Dataset) {
  return {
    name,
    counts: { train: train.labels.length, validation: validation.labels.length, test: test.labels.length },
    sha256: { train: digest(train), validation: digest(validation), test: digest(test) },
  };
}

/** Takes about 2 ms for 1,000 images. */
export function digest({ labels, images }: LabelledImages): string {
  return createHash("sha256").update(labels).update(images).digest("hex");
}
