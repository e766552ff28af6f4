// How the process that trains a run was last heard of, from all that tells.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ProcessState } from "@trainscope/core/source";
import { LOG_FILE } from "../files/file-names.ts";
import { HEARTBEAT_TIMEOUT_MS, type Liveness, readLiveness } from "../sessions/session.ts";

/** Of a run without sessions, which an earlier version has trained, its log is the only sign. */
export async function readRunLiveness(folder: string): Promise<Liveness> {
  const now = Date.now();
  const liveness = await readLiveness(folder, now);
  const log =
    liveness.processState === "unknown" ? await stat(join(folder, LOG_FILE)).catch(() => undefined) : undefined;
  if (log === undefined) return liveness;
  const lastHeartbeat = Math.min(log.mtimeMs, now);
  return {
    ...liveness,
    processState: now - lastHeartbeat <= HEARTBEAT_TIMEOUT_MS ? "alive" : "died",
    lastHeartbeat,
  };
}

/** A run that says that it has ended has; a process that is connected is there, but may be suspended. */
export function processStateOf(
  { processState }: Liveness,
  hasEnded: boolean,
  isConnected: boolean,
): ProcessState {
  if (hasEnded) return "ended";
  if (isConnected) return processState === "silent" ? "silent" : "alive";
  return processState === "unknown" ? "silent" : processState;
}
