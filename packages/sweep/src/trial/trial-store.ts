// Where trials are kept, so that a sweep or a study that was stopped goes on where it stopped.
import type { Environment } from "@trainscope/core/events";
import { decisivePart } from "@trainscope/core/training";
import type { Trial, TrialResult } from "./trial.ts";

/** What is found under a key is what training would give: a key names all that a result depends on. */
export interface TrialStore<Planned extends Trial = Trial> {
  /** `undefined` where there is none, or none that is whole. */
  load(trial: Planned, key: string): Promise<TrialResult<Planned> | undefined>;
  save(result: TrialResult<Planned>, key: string): Promise<void>;
}

/** What a trial's result depends on beside the trial. */
export interface TrialSurroundings {
  /** Names the images' bytes, e.g. a checksum. */
  readonly dataFingerprint: string;
  /** Of the program: what it trains may change with it. */
  readonly version: string;
  /** What computes. */
  readonly environment: Environment;
}

/** Of what trials are and how they are kept: another number makes sweeps and studies start anew. */
const TRIAL_VERSION = 2;

/** Plain text; the threads aren't in it, since they don't change a bit. */
export function trialKey({ data, settings, keepsFrames }: Trial, surroundings: TrialSurroundings): string {
  const { environment, ...others } = surroundings;
  return JSON.stringify({
    trialVersion: TRIAL_VERSION,
    ...others,
    environment: sorted(decisivePart(environment)),
    data,
    keepsFrames,
    settings: sorted(settings),
  });
}

function sorted(fields: object): object {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}
