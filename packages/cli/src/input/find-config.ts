// Finds the configuration that holds for a folder.
import { lstatSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { up } from "empathic/walk";

/** The first of them is used where a folder has several. */
const NAMES = ["ts", "mts", "js", "mjs", "json"].map((extension) => `trainscope.config.${extension}`);

export interface FoundConfig {
  /** From the working folder; `null` where there is none. */
  readonly path: string | null;
  /** Which is used and which are not, for the user. */
  readonly notices: readonly string[];
}

/**
 * The nearest, from the folder upward. One above it counts only if it is this user's or the system administrator's: in a folder
 * below one that all may write to, such as /tmp, another user's would be run.
 */
export function findConfig(
  folder: string = process.cwd(),
  trustedOwners: readonly number[] | undefined = ownersOf(process.getuid?.()),
): FoundConfig {
  const notices: string[] = [];
  for (const candidate of up(folder)) {
    const there = configsIn(candidate);
    const used = there.find((name) => NAMES.includes(name));
    const shown = (name: string): string => relative(folder, join(candidate, name));
    if (used === undefined) {
      if (candidate === folder && there.length > 0) notices.push(describeUnread(there.map(shown)));
      continue;
    }
    if (candidate !== folder && !isOwn(join(candidate, used), trustedOwners)) {
      notices.push(
        `${shown(used)} is another user's and is passed over; if you trust it: --config ${shown(used)}`,
      );
      continue;
    }
    const others = there.filter((name) => name !== used).map(shown);
    const beside = others.length === 0 ? "" : `; passed over beside it: ${others.join(", ")}`;
    return { path: shown(used), notices: [...notices, `configuration: ${shown(used)}${beside}`] };
  }
  return { path: null, notices };
}

/**
 * The file, and the link that leads to it: who puts a link where others look says which of my files runs. One that leads
 * nowhere, or in a circle, is for whoever loads it to tell.
 */
function isOwn(path: string, owners: readonly number[] | undefined): boolean {
  if (owners === undefined) return true;
  return [lstatSync, statSync].every((look) => {
    try {
      const found = look(path, { throwIfNoEntry: false });
      return found === undefined || owners.includes(found.uid);
    } catch {
      // What can't be looked at runs nothing.
      return true;
    }
  });
}

/** Those of any extension: who writes a trainscope.config.yaml wants to know that nobody reads it. */
function configsIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^trainscope\.config\.[a-z]+$/.test(name));
    return names.sort((a, b) => rank(a) - rank(b));
  } catch {
    // A folder that may be passed through needn't be one that may be read.
    return [];
  }
}

function rank(name: string): number {
  const index = NAMES.indexOf(name);
  return index === -1 ? NAMES.length : index;
}

function describeUnread(names: readonly string[]): string {
  return `passed over: ${names.join(", ")}; a configuration is ${NAMES.join(", ")}`;
}

/** Undefined where the system knows no owners of files. */
function ownersOf(user: number | undefined): readonly number[] | undefined {
  return user === undefined ? undefined : [user, 0];
}
