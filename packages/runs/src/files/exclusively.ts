// One process at a time: what several read, change and write back is done under a lock, which is a file that the system
// lets only one process make. One that a process left there when it was killed is removed.
import { rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { TrainscopeError } from "@trainscope/core/errors";
import { isOfThisMachine, isThere, ownMark, type ProcessMark } from "./process-mark.ts";
import { readSmallFile } from "./regular-file.ts";
import { createWhole } from "./run-folder.ts";

/** Milliseconds from one try to the next, drawn from zero to this. */
const PAUSE = 40;
/** Some ten seconds in all, where a lock is held for milliseconds. */
const MOST_TRIES = 500;

/** Throws `BAD_OPTION` where another process keeps the lock, and rejects with what the system does where it can't be made. */
export async function exclusively<Result>(lock: string, body: () => Promise<Result>): Promise<Result> {
  await take(lock);
  try {
    return await body();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Whether a process has it; of one on another machine that is believed. */
export async function isLocked(lock: string): Promise<boolean> {
  const mark = await markIn(lock);
  return mark !== undefined && !(isOfThisMachine(mark) && !isThere(mark));
}

async function take(lock: string): Promise<void> {
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    if (await createWhole(lock, `${JSON.stringify(ownMark())}\n`)) return;
    if (await isLeft(lock)) await removeLeft(lock);
    else await setTimeout(Math.random() * PAUSE);
  }
  throw new TrainscopeError("BAD_OPTION", `${lock} is kept by ${await holderOf(lock)}`, {
    hint: "Try again when that has ended. If it has, remove the file.",
  });
}

/**
 * Under a lock of its own: without that, one that a third process has made in place of the left one could be taken away.
 * Whoever doesn't get it tries the first one again.
 */
async function removeLeft(lock: string): Promise<void> {
  const guard = `${lock}.left`;
  if (!(await createWhole(guard, `${JSON.stringify(ownMark())}\n`))) {
    await setTimeout(Math.random() * PAUSE);
    return;
  }
  try {
    if (await isLeft(lock)) await rm(lock, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/** Of a process of another machine nothing is known: its lock is told, and left to the user. */
async function isLeft(lock: string): Promise<boolean> {
  const mark = await markIn(lock);
  return mark !== undefined && isOfThisMachine(mark) && !isThere(mark);
}

async function holderOf(lock: string): Promise<string> {
  const mark = await markIn(lock);
  return mark === undefined ? "another process" : `process ${mark.pid} on ${mark.host}`;
}

/** `undefined` where it is gone, or none that a process of this version has made. */
async function markIn(lock: string): Promise<ProcessMark | undefined> {
  const text = await readSmallFile(lock).catch(() => "");
  const { parseMark } = await import("./parse-mark.ts");
  return parseMark(text);
}
