// A sweep that is edited while it runs: one process leaves in the folder what is to be changed, the one that runs the sweep takes
// it up.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isTrainscopeError, messageOf, TrainscopeError } from "@trainscope/core/errors";
import { type Checked, checkJson, shapeOf } from "@trainscope/core/schema";
import { exclusively, isLocked, isMissing, readSmallFile } from "@trainscope/runs/files";
import * as z from "zod/mini";
import {
  describeEdit,
  editedWhileRunning,
  isSameDefinition,
  type SweepChanges,
  type SweepDefinition,
} from "./definition.ts";
import { requireSameImages, type SweptImages } from "./open-sweep.ts";
import { CHANGES, findSweepFolder, LOCK, type SweepFolder } from "./sweep-folder.ts";

const EDIT = "edit.json";
/** Of those that edit. */
const EDIT_LOCK = "edit.lock";
/** Between two looks, of either side. */
const LOOK_MS = 250;
/** Looks before it is told what is waited for. */
const SILENT_LOOKS = 20;

const FILE = shapeOf({ v: z.literal(1, "1"), changes: CHANGES });

function parseEdit(text: string): Checked<SweepChanges> {
  const found = checkJson(FILE, text);
  return "reason" in found ? found : { value: found.value.changes as SweepChanges };
}

/**
 * Has the process that runs the sweep in the folder change it, and gives what was changed, for people; `undefined` where none
 * runs it, or it ended before. Throws `BAD_OPTION` for what can't be changed while it runs, and where nothing would be.
 */
export async function editRunningSweep(
  path: string,
  changes: SweepChanges,
  images: SweptImages,
  tell: (line: string) => void,
): Promise<string | undefined> {
  if (!(await isLocked(join(path, LOCK)))) return undefined;
  return await exclusively(join(path, EDIT_LOCK), async () => {
    const folder = await findSweepFolder(path);
    const before = folder.stored?.definition;
    // It has only just begun.
    if (before === undefined) return undefined;
    requireSameImages(folder, images);
    const edited = editedWhileRunning(before, changes, path);
    if (isSameDefinition(edited, before)) {
      throw new TrainscopeError("BAD_OPTION", `the sweep in ${path} runs already, as these flags have it`, {
        hint: `trainscope attach ${path} shows it; with a wider range or more --budget it is edited while it runs.`,
      });
    }
    await folder.write(EDIT, `${JSON.stringify({ v: 1, changes })}\n`);
    return (await isTakenUp(path, tell)) ? await describeTaken(path, before, changes) : undefined;
  });
}

/** Not where the process that runs the sweep ended before. */
async function isTakenUp(path: string, tell: (line: string) => void): Promise<boolean> {
  for (let looks = 1; ; looks++) {
    // Before the file: it may be taken up right before the end.
    const isRunning = await isLocked(join(path, LOCK));
    if ((await readEdit(path)) === undefined) return true;
    if (!isRunning) {
      await rm(join(path, EDIT), { force: true });
      return false;
    }
    if (looks === SILENT_LOOKS)
      tell(`waits for the process that runs the sweep in ${path} to take the change up`);
    await setTimeout(LOOK_MS);
  }
}

async function describeTaken(path: string, before: SweepDefinition, changes: SweepChanges): Promise<string> {
  const after = (await findSweepFolder(path)).stored?.definition;
  if (after !== undefined && isSameDefinition(editedWhileRunning(after, changes, path), after)) {
    return describeEdit(before, after);
  }
  throw new TrainscopeError("BAD_OPTION", `the process that runs the sweep in ${path} refused the change`, {
    hint: "It says why.",
  });
}

async function readEdit(path: string): Promise<string | undefined> {
  try {
    return await readSmallFile(join(path, EDIT));
  } catch (error) {
    if (isMissing(error)) return undefined;
    // A folder or a pipe in its place is none that anybody asked for.
    return "";
  }
}

export interface LiveDefinition {
  /** As it is now. */
  readonly current: SweepDefinition;
  /** Takes up what was asked for by now. */
  look(): Promise<void>;
  /** Nothing is taken up any more. */
  close(): void;
}

export interface LiveDefinitionOptions {
  readonly folder: Pick<SweepFolder, "path" | "define">;
  readonly definition: SweepDefinition;
  readonly onEdit: (edited: SweepDefinition) => void;
  /** To be said to the user. */
  readonly tell: (line: string) => void;
}

/** For whoever has the folder to itself: what a sweep is, kept and told as others change it. */
export function openLiveDefinition({
  folder,
  definition,
  onEdit,
  tell,
}: LiveDefinitionOptions): LiveDefinition {
  let current = definition;
  let isClosed = false;
  let looking: Promise<void> = Promise.resolve();

  async function takeUp(): Promise<void> {
    const text = isClosed ? undefined : await readEdit(folder.path);
    if (text === undefined) return;
    const parsed = parseEdit(text);
    try {
      if ("reason" in parsed) throw new TrainscopeError("BAD_DATA", parsed.reason);
      const edited = editedWhileRunning(current, parsed.value, folder.path);
      if (!isSameDefinition(edited, current)) {
        // On the disk first: what is tried by it from now on belongs to it after a kill, too.
        await folder.define(edited);
        current = edited;
        onEdit(edited);
      }
    } catch (error) {
      if (!isTrainscopeError(error)) throw error;
      tell(`${join(folder.path, EDIT)} is not followed: ${messageOf(error)}`);
    }
    // Whoever asked sees by that that it was read.
    await rm(join(folder.path, EDIT), { force: true, recursive: true });
  }

  /** One after another. */
  function look(): Promise<void> {
    looking = looking.then(takeUp).catch((error: unknown) => tell(messageOf(error)));
    return looking;
  }

  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    get current() {
      return current;
    },
    look,
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}
