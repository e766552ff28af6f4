// `trainscope runs import`: makes runs of the logs that other programs left.

import { print, tell } from "@trainscope/tui/output";
import type { Command } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { filled } from "../input/parsers.ts";
import { addReadingFlags, type ReadingFlags } from "../input/reading-flags.ts";

interface ImportFlags extends ReadingFlags {
  readonly out: string;
  readonly pictures: boolean;
}

export function addImportCommand(runs: Command, end: (status: ExitStatus) => void): void {
  addReadingFlags(runs.command("import"))
    .description(
      "Make runs of the logs that other programs left, to replay, compare and draw them like your own.",
    )
    .argument("<source...>", "files, or folders with the logs of one run or of many")
    .option("--out <folder>", "where runs are written", filled, "runs")
    .option("--no-pictures", "don't draw curves")
    .action(async (sources: readonly string[], _, command: Command) =>
      end(await importAll(sources, command.optsWithGlobals<ImportFlags>())),
    );
}

/** Bad input where one of the files that were named holds no figure; in a folder that is only told. */
async function importAll(sources: readonly string[], flags: ImportFlags): Promise<ExitStatus> {
  const { importSources } = await import("../import/import-sources.ts");
  let refused = 0;
  let imported = 0;
  for await (const outcome of importSources(sources, flags, flags)) {
    if ("lines" in outcome) {
      imported++;
      print(...outcome.lines);
    } else {
      refused++;
      tell(`left out: ${outcome.refused.message}`);
    }
  }
  return imported === 0 && refused > 0 ? ExitStatus.badInput : ExitStatus.done;
}
