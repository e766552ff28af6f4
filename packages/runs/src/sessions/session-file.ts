// What a process that trains a run writes of itself into the run's folder.
import type { ProcessMark } from "../files/process-mark.ts";

export const SESSION_VERSION = 1;

export interface SessionFile extends ProcessMark {
  readonly v: typeof SESSION_VERSION;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}
