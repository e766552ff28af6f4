// Makes the folder of a run, or opens that of one that goes on: one process at a time, its log and its checkpoints.
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Checkpoint, encodeCheckpoint } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { createRunId } from "@trainscope/core/training";
import { createCheckpointStore, setAsideLater } from "@trainscope/runs/checkpoints";
import { createRunFolder, openRunFolder, type RunFolder } from "@trainscope/runs/files";
import { continueRunLog, createRunLog, type RunLog } from "@trainscope/runs/log";
import type { CheckpointPolicy, RunRecord } from "@trainscope/runs/record";
import { beginSession, SESSIONS_FOLDER, type Session } from "@trainscope/runs/sessions";
import type { OpenOptions, OpenRun } from "./prepared-run.ts";

/** The checkpoint that a fork began from, in its own folder: its parent may be removed. */
export const PARENT_CHECKPOINT = "parent.safetensors";

export interface NewRunOptions extends OpenOptions {
  readonly out: string;
  readonly describe: (runId: string) => RunRecord;
  readonly parent: Checkpoint | undefined;
  readonly checkpoints: CheckpointPolicy;
}

/** Throws `OUTPUT_NOT_WRITABLE` where it can't, and leaves nothing then. */
export async function openNewRun(options: NewRunOptions): Promise<OpenRun> {
  const { out, describe, parent, checkpoints, onTrouble, onTaken } = options;
  const folder = await createRunFolder(out, createRunId);
  let session: Session | undefined;
  async function discard(): Promise<boolean> {
    await rm(join(folder.path, SESSIONS_FOLDER), { recursive: true, force: true });
    if (parent !== undefined) await rm(join(folder.path, "checkpoints", PARENT_CHECKPOINT), { force: true });
    return await folder.close();
  }
  try {
    session = await beginSession(folder.path, { onTaken });
    if (parent !== undefined) {
      await folder.writeCheckpoint(PARENT_CHECKPOINT, await encodeCheckpoint(parent));
    }
    const runId = basename(folder.path);
    const log = await createRunLog(folder.path, describe(runId), onTrouble, requireOwn(session));
    return assemble(runId, folder, log, session, checkpoints, [], discard);
  } catch (error) {
    await session?.close();
    await discard();
    throw error;
  }
}

export interface ContinuedRunOptions extends OpenOptions {
  readonly runId: string;
  readonly folder: string;
  readonly session: Session;
  /** What the log has before this stays. */
  readonly seq: number;
  /** The path of the checkpoint that it goes on from; `undefined` where it begins anew. */
  readonly resumePoint: string | undefined;
  /** All that the log had. */
  readonly past: readonly TrainingEvent[];
  readonly checkpoints: CheckpointPolicy;
}

/**
 * Cuts the log off where the run goes on, and takes later checkpoints out of its way. Throws `OUTPUT_NOT_WRITABLE` where it
 * can't, and lets go of the run then.
 */
export async function openContinuedRun(options: ContinuedRunOptions): Promise<OpenRun> {
  const { runId, folder: path, session, seq, resumePoint, past, checkpoints, onTrouble } = options;
  try {
    const folder = await openRunFolder(path);
    const log = await continueRunLog(path, seq, onTrouble, requireOwn(session));
    // After the log, which leads to none of them any more.
    await setAsideLater(path, resumePoint);
    return assemble(runId, folder, log, session, checkpoints, past, folder.close);
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Rejects once another process has taken the run over. */
function requireOwn(session: Session): () => Promise<void> {
  return async () => {
    if (!(await session.isOwn())) throw new Error("another process has taken the run over");
  };
}

function assemble(
  runId: string,
  folder: RunFolder,
  log: RunLog,
  session: Session,
  { keep }: CheckpointPolicy,
  past: readonly TrainingEvent[],
  discard: () => Promise<boolean>,
): OpenRun {
  const save = createCheckpointStore({ folder, keepLast: keep, past, flushLog: log.flush });
  const check = requireOwn(session);
  return {
    runId,
    folder: {
      ...folder,
      write: async (...file) => check().then(() => folder.write(...file)),
      append: async (...text) => check().then(() => folder.append(...text)),
    },
    log,
    saveCheckpoint: async (checkpoint) => check().then(() => save(checkpoint)),
    async close() {
      const lacking = await log.close();
      const isLeft = log.isBegun() ? await folder.close() : await discard();
      await session.close();
      return { lacking, isLeft };
    },
  };
}
