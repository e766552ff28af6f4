// `trainscope compare`: runs side by side, on a screen, as a table, or as files for other programs.
import { type Command, Option } from "commander";
import type { CompareFlags } from "../compare/run-compare.ts";
import type { ExitStatus } from "../exit-status.ts";
import { filled, words } from "../input/parsers.ts";
import { addReadingFlags } from "../input/reading-flags.ts";

export function addCompareCommand(program: Command, end: (status: ExitStatus) => void): void {
  addReadingFlags(program.command("compare"))
    .description(
      "Compare runs, yours and other programs': their curves, the settings that differ, what they came to.",
    )
    .argument(
      "[runs...]",
      "two or more: folders, ids, their beginnings or ends, names, latest; logs of other programs",
    )
    .option("--out <folder>", "where runs were written", filled, "runs")
    .option("--tag <tag>", "those that have the tag", words)
    .option("--all", "every run in --out")
    .option(
      "--metric <tag>",
      "what to look at first, a matrix or curves too (default: validation/accuracy, or what there is)",
      words,
    )
    .addOption(
      new Option(
        "--by <axis>",
        "align by epochs or steps, as the runs count, or by the time that training took",
      ).choices(["epoch", "step", "time"]),
    )
    .addOption(
      new Option(
        "--group-by <setting>",
        "runs that differ in nothing but their seed as one: the mean, with its 95 % band",
      ).choices(["seed"]),
    )
    .option("--json", "print one object of JSON")
    .option("--csv <file>", "write every value as CSV: run, epoch, seconds, tag, value; - prints it", filled)
    .option("--picture <file>", "draw the metric into a .png or .svg; - prints the SVG", filled)
    .action(async (named: readonly string[], flags: CompareFlags) => {
      const { runCompare } = await import("../compare/run-compare.ts");
      end(await runCompare(named, flags));
    });
}
