// Removes runs for good, after asking.
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { TrainscopeError } from "@trainscope/core/errors";
import { visible } from "@trainscope/core/text";
import { checkRemovable, findRun, removeRun, sweepRemoved } from "@trainscope/runs";
import { isTerminal, ownStream, print } from "@trainscope/tui/output";
import { ExitStatus } from "../exit-status.ts";

export interface RemoveFlags {
  readonly out: string;
  readonly yes?: boolean;
}

/** All are looked at before the first is removed. */
export async function removeRuns(
  named: readonly string[],
  { out, yes = false }: RemoveFlags,
): Promise<ExitStatus> {
  const folders = new Set<string>();
  for (const name of named) folders.add(await findRun(out, name));
  for (const folder of folders) await checkRemovable(folder);
  if (!yes && !(await isConfirmed(folders))) {
    print("Nothing was removed.");
    return ExitStatus.done;
  }
  for (const folder of folders) {
    await removeRun(folder);
    print(`removed ${folder}`);
  }
  for (const parent of new Set([...folders].map((folder) => dirname(folder)))) await sweepRemoved(parent);
  return ExitStatus.done;
}

/** Throws `BAD_OPTION` where there is nobody to ask. */
async function isConfirmed(folders: ReadonlySet<string>): Promise<boolean> {
  const what = [...folders].join(", ");
  if (!process.stdin.isTTY || !isTerminal("stderr")) {
    throw new TrainscopeError("BAD_OPTION", `there is no terminal to ask on whether to remove ${what}`, {
      hint: "--yes removes without asking.",
    });
  }
  const lines = createInterface({ input: process.stdin, output: ownStream("stderr") });
  // A Ctrl-C or Ctrl-D is no answer, and ends the question.
  const left = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  const answer = await Promise.race([lines.question(`Remove ${visible(what)} for good? [y/N] `), left]);
  lines.close();
  return /^\s*y(es)?\s*$/i.test(answer);
}
