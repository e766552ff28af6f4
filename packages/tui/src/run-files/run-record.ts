// run.json: what is known of a run before it starts. Written once; what becomes of the run stands in its log.
import { createHash } from "node:crypto";
import type { Dataset, LabelledImages, TrainSettings } from "@trainscope/core";
import type { EngineName } from "../input/engine.ts";
import { VERSION } from "../version.ts";

export const RUN_RECORD_VERSION = 1;

/** A value for each split. */
interface OfSplits<Value> {
  readonly train: Value;
  readonly validation: Value;
  readonly test: Value;
}

export interface RunRecord {
  readonly v: typeof RUN_RECORD_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Those the run started with. */
  readonly settings: TrainSettings;
  readonly data: {
    readonly name: string;
    /** Images. */
    readonly counts: OfSplits<number>;
    /** Of the labels, a byte each, and the bytes of the images after them, in hexadecimal. */
    readonly sha256: OfSplits<string>;
  };
  readonly engine: EngineName;
  /** As asked for; `null` where all cores were. */
  readonly threads: number | null;
  readonly versions: { readonly trainscope: string; readonly node: string };
  /** Of the command, without `node` and the script. */
  readonly arguments: readonly string[];
}

export interface RunBeginning {
  readonly runId: string;
  readonly settings: TrainSettings;
  readonly dataset: Dataset;
  readonly engine: EngineName;
  readonly threads: number | undefined;
}

export function createRunRecord(run: RunBeginning, startedAt = new Date()): RunRecord {
  const { name, train, validation, test } = run.dataset;
  return {
    v: RUN_RECORD_VERSION,
    runId: run.runId,
    startedAt: startedAt.toISOString(),
    settings: run.settings,
    data: {
      name,
      counts: { train: train.labels.length, validation: validation.labels.length, test: test.labels.length },
      sha256: { train: digest(train), validation: digest(validation), test: digest(test) },
    },
    engine: run.engine,
    threads: run.threads ?? null,
    versions: { trainscope: VERSION, node: process.versions.node },
    arguments: process.argv.slice(2),
  };
}

/** Takes about 2 ms for 1,000 images. */
function digest({ labels, images }: LabelledImages): string {
  return createHash("sha256").update(labels).update(images).digest("hex");
}
