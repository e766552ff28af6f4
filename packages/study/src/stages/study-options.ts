// What a study is conducted with.
import type { Dataset, EngineFactory } from "@trainscope/core";
import type { CheckGradients } from "@trainscope/core/gradient-check";
import type { TrialStore } from "@trainscope/sweep/trial";
import type { EmitStudyEvent } from "./announcer.ts";
import type { StudyScope } from "./stages.ts";
import type { StudyTrial } from "./trial.ts";

/** What `runStudy` takes. */
export interface StudyOptions extends StudyScope {
  /** An engine on so many threads. */
  readonly engine: (threads: number) => EngineFactory;
  /** Of the program, for the keys under which trials are kept: what it trains may change with it. */
  readonly version: string;
  /** In all; trials that run at the same time share them. */
  readonly threads: number;
  /** Trials at a time, at most. */
  readonly jobs: number;
  readonly store: TrialStore<StudyTrial>;
  /** Where this host has something faster than one thread (default: `checkGradients`). */
  readonly checkGradients?: CheckGradients;
  /** Names the bytes that are trained on and validated with, e.g. by a checksum. */
  readonly fingerprintOf: (dataset: Dataset) => string;
  readonly emit: EmitStudyEvent;
  readonly signal: AbortSignal;
}
