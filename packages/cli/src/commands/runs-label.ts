// `trainscope runs tag`, `untag` and `rename`: what a user calls a run.
import { LATEST, RUN_NAMES } from "@trainscope/runs/choices";
import { print } from "@trainscope/tui/output";
import { type Command, InvalidArgumentError } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { filled } from "../input/parsers.ts";
import type { LabelChange } from "../runs/label-runs.ts";

export function addLabelCommands(runs: Command, end: (status: ExitStatus) => void): void {
  const subcommand = (name: string, description: string): Command =>
    runs
      .command(name)
      .description(description)
      .argument("<run>", RUN_NAMES)
      .option("--out <folder>", "where runs were written", filled, "runs");
  const changed = async (command: Command, run: string, change: LabelChange): Promise<void> => {
    const { out } = command.optsWithGlobals<{ out: string }>();
    const { changeLabel } = await import("../runs/label-runs.ts");
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
        if (name !== undefined) await (await import("../runs/label-runs.ts")).checkFree(folder, name);
        return { ...label, name: name ?? null };
      }),
    );
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
