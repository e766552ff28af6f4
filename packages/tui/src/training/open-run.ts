// Makes the folder of a run, or opens that of one that goes on: one process at a time, its log and its checkpoints.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Checkpoint, encodeCheckpoint, type TrainingEvent } from "@trainscope/core";
import { createCheckpointStore } from "../run-files/checkpoint-store.ts";
import { continueRunLog, createRunLog, type RunLog } from "../run-files/run-log.ts";
import type { RunRecord } from "../run-files/run-record.ts";
import { beginSession, SESSIONS_FOLDER, type Session } from "../run-files/session.ts";
import { createRunFolder, openRunFolder, type RunFolder } from "../run-folder.ts";
import type { OpenOptions, OpenRun } from "./prepared-run.ts";

/** The checkpoint that a fork began from, in its own folder: its parent may be removed. */
export const PARENT_CHECKPOINT = "parent.safetensors";

export interface NewRunOptions extends OpenOptions {
  readonly out: string;
  readonly record: RunRecord;
  readonly parent: Checkpoint | undefined;
  readonly keepCheckpoints: number;
}

/** Throws `OUTPUT_NOT_WRITABLE` where it can't, and leaves nothing then. */
export async function openNewRun(options: NewRunOptions): Promise<OpenRun> {
  const { out, record, parent, keepCheckpoints, onTrouble, onTaken } = options;
  const folder = await createRunFolder(out, record.runId);
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
    const log = await createRunLog(folder.path, record, onTrouble);
    return assemble(folder, log, session, keepCheckpoints, [], discard);
  } catch (error) {
    await session?.close();
    await discard();
    throw error;
  }
}

export interface ContinuedRunOptions extends OpenOptions {
  readonly folder: string;
  readonly session: Session;
  /** What the log has before this stays. */
  readonly seq: number;
  /** All that the log had. */
  readonly past: readonly TrainingEvent[];
  readonly keepCheckpoints: number;
}

/** Cuts the log off where the run goes on. Throws `OUTPUT_NOT_WRITABLE` where it can't. */
export async function openContinuedRun(options: ContinuedRunOptions): Promise<OpenRun> {
  const { folder: path, session, seq, past, keepCheckpoints, onTrouble } = options;
  const folder = await openRunFolder(path);
  const log = await continueRunLog(path, seq, onTrouble);
  return assemble(folder, log, session, keepCheckpoints, past, folder.close);
}

function assemble(
  folder: RunFolder,
  log: RunLog,
  session: Session,
  keepLast: number,
  past: readonly TrainingEvent[],
  discard: () => Promise<boolean>,
): OpenRun {
  return {
    folder,
    log,
    saveCheckpoint: createCheckpointStore({ folder, keepLast, past, flushLog: log.flush }),
    async close() {
      const lacking = await log.close();
      const isLeft = log.isBegun() ? await folder.close() : await discard();
      await session.close();
      return { lacking, isLeft };
    },
  };
}
