// What shells complete: `trainscope completion bash` prints a script, which asks `trainscope complete -- WORDS` as a user types.

import { join } from "node:path";
import tab from "@bomb.sh/tab/commander";
import { visible } from "@trainscope/core/text";
import { LATEST } from "@trainscope/runs/choices";
import { ownStream } from "@trainscope/tui/output";
import type { Command } from "commander";

const SHELLS = "bash, zsh, fish or powershell";

/** Values of a flag or an argument, each with what it is. */
type Values = readonly (readonly [value: string, description: string])[];

/** Of commands that are all there: their flags and choices are completed by themselves, runs, tags and metrics are looked up. */
export async function addCompletion(program: Command, args: readonly string[]): Promise<void> {
  const completion = tab(program, { completionCommandName: "completion" });
  program.commands
    .find((command) => command.name() === "completion")
    ?.description(`Print the script that completes commands, flags, runs, tags and metrics in ${SHELLS}.`)
    .addHelpText("after", EXAMPLES);
  // A shell parts values from what they are by tabs, which stdout has none of elsewhere.
  const out = ownStream("stdout");
  Object.assign(console, { log: (line: string) => void out.write(`${line}\n`) });
  if (!args.includes("--")) return;
  const known = await lookUp(args);
  for (const { options, arguments: positional } of completion.commands.values()) {
    for (const [name, place] of [...options, ...positional]) {
      const values = known.get(name);
      if (values === undefined) continue;
      place.handler = (complete) => {
        for (const [value, description] of values) complete(visible(value), visible(description));
      };
    }
  }
}

const EXAMPLES = `
Examples:
  source <(trainscope completion bash)                          in ~/.bashrc
  source <(trainscope completion zsh)                           in ~/.zshrc
  trainscope completion fish > ~/.config/fish/completions/trainscope.fish
  trainscope completion powershell | Out-String | Invoke-Expression`;

/** By the name of the flag or the argument. Looks at little, since it is asked while somebody types. */
async function lookUp(args: readonly string[]): Promise<ReadonlyMap<string, Values>> {
  const { runs, tags } = await runsAndTags(args[args.indexOf("--out") + 1 || -1] ?? "runs");
  const { catalogue } = await import("@trainscope/metrics");
  const metrics: Values = catalogue().map(({ name, description = "" }) => [name, description]);
  const measured: Values = ["validation", "train", "test"].flatMap((split) =>
    ["loss", "cost", "accuracy"].map((name) => [`${split}/${name}`, ""] as const),
  );
  return new Map([
    ...["run", "runs", "source", "resume"].map((name) => [name, runs] as const),
    ["tag", tags] as const,
    ["metrics", metrics] as const,
    ...["metric", "monitor"].map((name) => [name, measured] as const),
  ]);
}

/** None where the folder can't be read: nobody wants to hear of that while typing. */
async function runsAndTags(out: string): Promise<{ readonly runs: Values; readonly tags: Values }> {
  const { runsIn } = await import("@trainscope/runs");
  const { NO_LABEL, readLabel } = await import("@trainscope/runs/labels");
  const ids = await runsIn(out).catch(() => []);
  const labels = await Promise.all(ids.map((id) => readLabel(join(out, id)).catch(() => NO_LABEL)));
  const named = labels.flatMap(({ name }, index): Values => (name === null ? [] : [[name, ids[index] ?? ""]]));
  const tags = new Set(labels.flatMap((label) => label.tags));
  return {
    runs: [
      [LATEST, "the run that began last"],
      ...ids.map((id, index) => [id, labels[index]?.name ?? ""] as const),
      ...named,
    ],
    tags: [...tags].sort().map((tag) => [tag, ""] as const),
  };
}
