// `trainscope runs tag`, `untag` and `rename`: what a user calls a run.

import { basename, dirname } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { findRun, LATEST, RUN_NAMES, runsIn, withName } from "@trainscope/runs";
import { type Label, updateLabel } from "@trainscope/runs/labels";
import { print } from "@trainscope/tui/output";
import { type Command, InvalidArgumentError } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { filled } from "../input/parsers.ts";

export function addLabelCommands(runs: Command, end: (status: ExitStatus) => void): void {
  const subcommand = (name: string, description: string): Command =>
    runs
      .command(name)
      .description(description)
      .argument("<run>", RUN_NAMES)
      .option("--out <folder>", "where runs were written", filled, "runs");
  const changed = async (command: Command, run: string, change: Change): Promise<void> => {
    const { out } = command.optsWithGlobals<{ out: string }>();
    print(await changeLabel(out, run, change));
    end(ExitStatus.done);
  };

  subcommand("tag", "Give a run tags, to find it by.")
    .argument("<tag...>", "one word each", collectTag)
    .action(async (run: string, tags: readonly string[], _, command: Command) =>
      changed(command, run, (label) => ({ ...label, tags: [...new Set([...label.tags, ...tags])] })),
    );
  subcommand("untag", "Take tags from a run.")
    .argument("<tag...>", "those to take")
    .action(async (run: string, tags: readonly string[], _, command: Command) =>
      changed(command, run, (label) => ({ ...label, tags: label.tags.filter((tag) => !tags.includes(tag)) })),
    );
  subcommand("rename", "Give a run a name, which then stands for it; without one, take its name from it.")
    .argument("[name]", "words of your own; the run's folder and id stay as they are", parseName)
    .action(async (run: string, name: string | undefined, _, command: Command) =>
      changed(command, run, async (label, folder) => {
        if (name !== undefined) await checkFree(folder, name);
        return { ...label, name: name ?? null };
      }),
    );
}

type Change = (label: Label, folder: string) => Label | Promise<Label>;

/** Gives what to tell of it. */
async function changeLabel(out: string, run: string, change: Change): Promise<string> {
  const folder = await findRun(out, run);
  const label = await updateLabel(folder, (before) => change(before, folder));
  const tags = label.tags.length === 0 ? "no tags" : `tags ${label.tags.join(", ")}`;
  return `${folder}: ${label.name === null ? "no name" : `name "${label.name}"`}, ${tags}`;
}

/** Throws `BAD_OPTION` where another run beside this one is called so. */
async function checkFree(folder: string, name: string): Promise<void> {
  const out = dirname(folder);
  const ids = await runsIn(out);
  const others = [...ids.filter((id) => id === name), ...(await withName(out, ids, name))];
  const other = others.find((id) => id !== basename(folder));
  if (other === undefined) return;
  throw new TrainscopeError("BAD_OPTION", `"${name}" is what the run ${other} is called`, {
    hint: "Choose another name, or rename that run first.",
  });
}

function collectTag(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[^\s,\p{C}]+$/u.test(text))
    throw new InvalidArgumentError("Expected a word without spaces and commas.");
  return [...before, text];
}

function parseName(text: string): string {
  const name = text.trim();
  if (name === "" || /[/\\\p{C}]/u.test(name)) {
    throw new InvalidArgumentError("Expected words without slashes and line breaks.");
  }
  if (name === LATEST) throw new InvalidArgumentError(`"${LATEST}" is the run that began last.`);
  return name;
}
