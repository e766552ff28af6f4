// `trainscope export`: a run's model, or the figures of a run or of another program's log, for other programs.
import { RUN_NAMES, WANTED } from "@trainscope/runs/choices";
import { print } from "@trainscope/tui/output";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import type { ExportFlags } from "../export/run-export.ts";
import { TARGET_FORMATS, TARGETS } from "../export/targets.ts";
import { filled, positiveInteger } from "../input/parsers.ts";
import { addPatternFlag } from "../input/reading-flags.ts";

export function addExportCommand(program: Command, end: (status: ExitStatus) => void): void {
  addPatternFlag(program.command("export"))
    .description("Write a run's model or figures, or the figures of any log, as a file for other programs.")
    .argument("<source>", `a run (${RUN_NAMES}), or the log of another program: a file or a folder`)
    .requiredOption("--to <file>", TARGETS, filled)
    .addOption(
      new Option("--format <name>", "what to write, whatever the file is called").choices(TARGET_FORMATS),
    )
    .option("--overwrite", "where there is such a file already, write over it")
    .addOption(
      new Option("--epoch <number>", "the model after this epoch, of which there must be a checkpoint")
        .argParser(positiveInteger)
        .conflicts("checkpoint"),
    )
    .addOption(
      new Option("--checkpoint <which>", "the model of which checkpoint (default: last)").choices(WANTED),
    )
    .option("--out <folder>", "where runs were written", filled, "runs")
    .option("--from <name>", "how to read another program's log, instead of as its content says", filled)
    .action(async (source: string, flags: ExportFlags) => {
      const { exportNamed } = await import("../export/run-export.ts");
      print(...(await exportNamed(source, flags)));
      end(ExitStatus.done);
    });
}
